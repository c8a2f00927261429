package io.github.resilientchat.simulator;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The log entry of a call while it is being written; confined to the event loop. */
final class Entry {

  private final Exchange exchange;
  private final Instant time;
  private final String modelId;
  private final Operation operation;
  private Caller caller = Caller.UNKNOWN;
  private Set<String> metadataKeys = Set.of();
  private Usage usage = Usage.of(0, 0);
  private @Nullable Target target;
  private @Nullable String inferenceRegion;
  private @Nullable String detail;
  private int frames;
  private int status;

  Entry(Exchange exchange, Instant time, String modelId, Operation operation) {
    this.exchange = exchange;
    this.time = time;
    this.modelId = modelId;
    this.operation = operation;
  }

  void caller(Caller known) {
    caller = known;
  }

  void request(ConverseRequest request) {
    metadataKeys = request.requestMetadataKeys();
    usage = Usage.of(request.inputTokens(), 0);
  }

  void target(Target resolved) {
    target = resolved;
  }

  void inferenceRegion(String picked) {
    inferenceRegion = picked;
  }

  void detail(@Nullable String known) {
    detail = known;
  }

  void status(int sent) {
    status = sent;
  }

  void usage(Usage sent) {
    usage = sent;
  }

  Usage usage() {
    return usage;
  }

  void frameSent() {
    frames++;
  }

  Instant time() {
    return time;
  }

  Invocation close(Invocation.Outcome outcome) {
    return new Invocation(
        exchange.requestId(),
        time,
        caller.account(),
        caller.region(),
        modelId,
        operation.eventName(),
        target == null ? null : target.family(),
        inferenceRegion,
        operation.streaming(),
        exchange.httpVersion(),
        status,
        outcome,
        detail,
        usage.inputTokens(),
        usage.outputTokens(),
        usage.cacheReadInputTokens(),
        usage.cacheWriteInputTokens(),
        frames,
        metadataKeys);
  }
}
