package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.core.CallReport;
import io.github.resilientchat.core.GiveUp;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.StreamInterruptedException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one fresh start that a call may take after its stream broke, if its handler can discard what
 * it got. Confined to the steps of its call, which follow each other.
 */
final class Restart {

  private final StreamingChatResponseHandler handler;
  private final ChatCall<?> chat;
  private volatile @Nullable StreamInterruptedException broken;

  Restart(StreamingChatResponseHandler handler, ChatCall<?> chat) {
    this.handler = handler;
    this.chat = chat;
  }

  /** Whether the call starts again instead of ending. */
  boolean takes(GiveUp giveUp) {
    boolean may =
        broken == null
            && handler instanceof RestartableHandler
            && giveUp.reason() instanceof StreamInterruptedException interrupted
            && interrupted.retryable()
            && !left(giveUp.report()).minusNanos(1).isNegative();
    if (may) {
      broken = (StreamInterruptedException) giveUp.reason();
    }
    return may;
  }

  /** The break that it follows. */
  StreamInterruptedException why() {
    return Objects.requireNonNull(broken);
  }

  /** The same call with the time that is left of it. */
  ModelCall remainder() {
    return chat.modelCall().within(left(why().report()));
  }

  /** The account of the whole call: what was tried before the break, too. */
  CallReport told(CallReport report) {
    @Nullable StreamInterruptedException first = broken;
    return first == null ? report : joined(first.report(), report);
  }

  /** The error of a second try names the first as suppressed. */
  Throwable explained(Throwable reason) {
    @Nullable StreamInterruptedException first = broken;
    if (first != null && first != reason) {
      reason.addSuppressed(first);
    }
    return reason;
  }

  private Duration left(CallReport report) {
    Duration limit =
        Optional.ofNullable(chat.modelCall().timeLimit())
            .orElse(chat.router().route().policy().timeout());
    return limit.minus(report.elapsed());
  }

  private static CallReport joined(CallReport first, CallReport second) {
    return new CallReport(
        second.route(),
        second.caller(),
        second.streaming(),
        second.ending(),
        Stream.concat(first.attempts().stream(), second.attempts().stream()).toList(),
        Stream.concat(first.skipped().stream(), second.skipped().stream()).toList(),
        second.usage(),
        first.elapsed().plus(second.elapsed()));
  }
}
