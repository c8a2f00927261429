package io.github.resilientchat.simulator;

import io.github.resilientchat.simulator.Invocation.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Converse or ConverseStream call, from its body to its log entry; confined to the event loop.
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
  private final boolean streaming;
  private final Entry entry;
  private @Nullable Runnable settlement;
  private boolean closed;

  ConverseExchange(Bedrock bedrock, Exchange exchange, String modelId, boolean streaming) {
    this.bedrock = bedrock;
    this.exchange = exchange;
    this.modelId = modelId;
    this.streaming = streaming;
    this.entry = new Entry(exchange, bedrock.now(), modelId, streaming);
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
    ConverseRequest request = ConverseRequest.parse(body);
    entry.request(request);
    Target target = bedrock.catalogue().resolve(modelId, caller.region());
    entry.target(target);
    bedrock
        .callers()
        .requireAllowed(
            exchange.authorization(),
            streaming ? "bedrock:InvokeModelWithResponseStream" : "bedrock:InvokeModel",
            "arn:aws:bedrock:" + caller.region() + "::foundation-model/" + target.model().id());
    ConverseCall call =
        new ConverseCall(caller.account(), caller.region(), modelId, streaming, request.json());
    Optional<FaultEffect> fault = bedrock.faults().beforeAdmission(call, target);
    if (fault.isPresent()) {
      entry.detail(fault.get().kind().name());
      exchange.after(fault.get().delay(), () -> strike(fault.get()));
    } else {
      admit(caller, call, request, target);
    }
  }

  private void admit(Caller caller, ConverseCall call, ConverseRequest request, Target target) {
    long maxTokens = request.maxTokens().orElse(target.model().maxTokens());
    Reservation reservation =
        bedrock.quotas().reserve(caller, target, request.inputTokens(), maxTokens);
    settlement = () -> reservation.settle(entry.usage().quotaTokens(target.model().burndown()));
    entry.inferenceRegion(bedrock.destinations().pick(target, caller.region()));
    Reply reply = new Reply(bedrock.answer(call, request, target), request);
    FaultEffect fault = bedrock.faults().ofAnswer(call, target).orElse(FaultEffect.NONE);
    entry.detail(fault == FaultEffect.NONE ? null : fault.kind().name());
    exchange.after(
        bedrock.settings().latency().plus(fault.beforeHeaders()), () -> answer(reply, fault));
  }

  private void answer(Reply reply, FaultEffect fault) {
    entry.status(200);
    if (streaming) {
      new StreamPlayback(bedrock, exchange, entry, reply, fault, this::close).start();
      return;
    }
    entry.usage(reply.usage());
    byte[] body = Json.bytes(reply.body(bedrock.millisSince(entry.time())));
    if (fault.kind() == Fault.Kind.STALL_BODY) {
      // The rest never comes; the client that leaves closes the entry as cancelled.
      exchange.sendHalf(200, body);
      return;
    }
    close(Outcome.SERVED);
    exchange.send(200, body);
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
      bedrock.log().add(entry.close(outcome));
    }
  }
}
