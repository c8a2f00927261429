package io.github.resilientchat.simulator;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One ended call in the log of the simulator, the like of an entry of CloudTrail or the model
 * invocation log. It never holds text of a prompt or an answer.
 *
 * @param time when the request arrived
 * @param account {@code "unknown"} when the credentials named none, and so {@code region}
 * @param modelId as the client sent it, decoded
 * @param operation as CloudTrail names it, such as {@code ConverseStream}
 * @param family {@code null} when the model id did not resolve
 * @param inferenceRegion the Region that served the call, which no response shows; {@code null}
 *     when the call was refused before one was picked
 * @param httpVersion {@code HTTP/1.1} or {@code HTTP/2}
 * @param status the HTTP status sent, 0 when none was
 * @param detail the error type or the kind of fault; {@code null} when served
 * @param outputTokens what was sent of the answer, not what it would have been
 * @param framesSent frames of the event stream, the broken or exceptional one included
 */
public record Invocation(
    String requestId,
    Instant time,
    String account,
    String region,
    String modelId,
    String operation,
    @Nullable Family family,
    @Nullable String inferenceRegion,
    boolean streaming,
    String httpVersion,
    int status,
    Outcome outcome,
    @Nullable String detail,
    long inputTokens,
    long outputTokens,
    long cacheReadTokens,
    long cacheWriteTokens,
    int framesSent,
    Set<String> requestMetadataKeys) {

  /** How a call ended, seen from the server. */
  public enum Outcome {
    /** Answered in full. */
    SERVED,
    /** Refused by a quota. */
    THROTTLED,
    /** Refused as invalid or not allowed. */
    REFUSED,
    /** Ended by an injected fault. */
    FAULTED,
    /** The client went away before the answer was complete. */
    CANCELLED
  }

  public Invocation {
    requestMetadataKeys = Set.copyOf(requestMetadataKeys);
  }
}
