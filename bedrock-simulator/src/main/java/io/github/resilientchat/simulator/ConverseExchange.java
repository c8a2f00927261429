package io.github.resilientchat.simulator;

import io.github.resilientchat.simulator.Invocation.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of Converse or InvokeModel, streamed or not, from its body to its log entry; confined to
 * the event loop.
 *
 * <p>Order, as in the real service: caller, body, model id, quotas, answer. The call is logged
 * exactly once, and before the last byte leaves, so that a client that has its answer finds the
 * entry.
 */
final class ConverseExchange {

  private static final Logger LOG = LoggerFactory.getLogger(ConverseExchange.class);

  private final Bedrock bedrock;
  private final Exchange exchange;
  private final String modelId;
  private final Operation operation;
  private final boolean streaming;
  private final Entry entry;
  private @Nullable Runnable settlement;
  private @Nullable Runnable place;
  private boolean closed;

  ConverseExchange(Bedrock bedrock, Exchange exchange, String modelId, Operation operation) {
    this.bedrock = bedrock;
    this.exchange = exchange;
    this.modelId = modelId;
    this.operation = operation;
    this.streaming = operation.streaming();
    this.entry = new Entry(exchange, bedrock.now(), modelId, operation);
    // Known from the headers, so that the log names also a caller who leaves before the body ends.
    bedrock.callers().named(exchange.authorization()).ifPresent(entry::caller);
    exchange.onEnd(() -> close(Outcome.CANCELLED));
  }

  void run(byte[] body) {
    try {
      accept(bedrock.callers().require(exchange.authorization(), exchange.securityToken()), body);
    } catch (Refused refused) {
      refuse(refused.error());
    } catch (RuntimeException bug) {
      // Of the script or of the simulator; without an answer the client would wait for its timeout.
      LOG.error("The call to {} failed inside the simulator", modelId, bug);
      refuse(ApiError.of(500, "InternalServerException", "Failed in the simulator: " + bug));
    }
  }

  private void accept(Caller caller, byte[] body) {
    Target target = null;
    Dialect dialect = Dialect.CONVERSE;
    if (operation.invokes()) {
      target = bedrock.catalogue().resolve(modelId, caller.region());
      dialect = Dialect.of(target.model());
    }
    ConverseRequest request = dialect.request(body);
    entry.request(request);
    target = target == null ? bedrock.catalogue().resolve(modelId, caller.region()) : target;
    entry.target(target);
    requireAllowed(caller, target);
    Abilities.require(target.model(), request);
    ConverseCall call =
        new ConverseCall(caller.account(), caller.region(), modelId, streaming, request.json());
    Optional<FaultEffect> fault = bedrock.faults().beforeAdmission(call, target);
    if (fault.isPresent()) {
      entry.detail(fault.get().kind().name());
      exchange.after(fault.get().delay(), () -> strike(fault.get()));
    } else {
      admit(new Admitted(caller, call, request, target, dialect));
    }
  }

  private void requireAllowed(Caller caller, Target target) {
    String action = streaming ? "bedrock:InvokeModelWithResponseStream" : "bedrock:InvokeModel";
    bedrock
        .callers()
        .requireAllowed(
            exchange.authorization(),
            action,
            "arn:aws:bedrock:" + caller.region() + "::foundation-model/" + target.model().id());
    bedrock
        .conditions()
        .requireAllowed(
            caller, bedrock.callers().accountId(exchange.authorization()), target, action);
  }

  /** A call that nothing but its quota and the room of its destination keeps from an answer. */
  private record Admitted(
      Caller caller, ConverseCall call, ConverseRequest request, Target target, Dialect dialect) {}

  private void admit(Admitted in) {
    bedrock.conditions().requireUnclamped(in.caller());
    Model model = in.target().model();
    bedrock.signatures().require(model, in.request());
    long maxTokens = in.request().maxTokens().orElse(model.maxTokens());
    Reservation reservation =
        bedrock.quotas().reserve(in.caller(), in.target(), in.request().inputTokens(), maxTokens);
    settlement = () -> reservation.settle(entry.usage().quotaTokens(model.burndown()));
    String region = bedrock.destinations().pick(in.target(), in.caller().region());
    entry.inferenceRegion(region);
    takePlace(region, model);
    PromptCache.Use cached = bedrock.cache().use(in.caller(), in.target(), in.request());
    Answer said = bedrock.answer(in.call(), in.request(), in.target());
    Reply reply = in.dialect().reply(said, in.request(), cached, model);
    FaultEffect fault = bedrock.faults().ofAnswer(in.call(), in.target()).orElse(FaultEffect.NONE);
    entry.detail(fault == FaultEffect.NONE ? null : fault.kind().name());
    exchange.after(
        bedrock.settings().latency().plus(fault.beforeHeaders()), () -> answer(reply, fault));
  }

  private void takePlace(String region, Model model) {
    try {
      place = bedrock.conditions().serve(region, model.id());
    } catch (Refused refused) {
      // Nothing was worked on, so that nothing of the quota is used.
      entry.usage(Usage.of(0, 0));
      throw refused;
    }
  }

  private void answer(Reply reply, FaultEffect fault) {
    entry.status(200);
    if (streaming) {
      new StreamPlayback(bedrock, exchange, entry, reply, fault, this::close).start();
      return;
    }
    entry.usage(reply.usage());
    if (operation.invokes()) {
      tellTokens(reply.usage());
    }
    byte[] body = Json.bytes(reply.body(bedrock.millisSince(entry.time())));
    if (fault.kind() == Fault.Kind.STALL_BODY) {
      // The rest never comes; the client that leaves closes the entry as cancelled.
      exchange.sendHalf(200, body);
      return;
    }
    close(Outcome.SERVED);
    exchange.send(200, body);
  }

  /** What Converse says in its body, InvokeModel says in headers. */
  private void tellTokens(Usage usage) {
    exchange.header("x-amzn-bedrock-input-token-count", Long.toString(usage.inputTokens()));
    exchange.header("x-amzn-bedrock-output-token-count", Long.toString(usage.outputTokens()));
    exchange.header(
        "x-amzn-bedrock-cache-read-input-token-count", Long.toString(usage.cacheReadInputTokens()));
    exchange.header(
        "x-amzn-bedrock-cache-write-input-token-count",
        Long.toString(usage.cacheWriteInputTokens()));
    exchange.header(
        "x-amzn-bedrock-invocation-latency", Long.toString(bedrock.millisSince(entry.time())));
  }

  private void strike(FaultEffect fault) {
    if (fault.kind() == Fault.Kind.HTTP_ERROR) {
      ApiError error = fault.requireError();
      entry.status(error.status());
      entry.detail(error.type());
      close(Outcome.FAULTED);
      exchange.send(error);
    } else if (fault.kind() == Fault.Kind.RESET) {
      close(Outcome.FAULTED);
      exchange.resetConnection();
    }
  }

  private void refuse(ApiError error) {
    entry.status(error.status());
    entry.detail(error.type());
    close(error.status() == 429 ? Outcome.THROTTLED : Outcome.REFUSED);
    exchange.send(error);
  }

  private void close(Outcome outcome) {
    if (!closed) {
      closed = true;
      if (settlement != null) {
        settlement.run();
      }
      if (place != null) {
        place.run();
      }
      bedrock.log().add(entry.close(outcome), exchange.round());
    }
  }
}
