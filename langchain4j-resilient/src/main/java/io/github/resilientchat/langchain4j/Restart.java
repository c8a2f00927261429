package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.core.CallReport;
import io.github.resilientchat.core.FreshAnswer;
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

  private record Broken(StreamInterruptedException why, Duration rest) {}

  private final ChatCall<?> chat;
  private final FreshAnswer left;
  private volatile @Nullable Broken broken;

  Restart(StreamingChatResponseHandler handler, ChatCall<?> chat) {
    this.chat = chat;
    // Whatever the route says: no other handler could be told to discard.
    this.left =
        new FreshAnswer(
            handler instanceof RestartableHandler,
            chat.router().route().policy(),
            chat.modelCall().timeLimit());
  }

  /** Whether the call starts again instead of ending. */
  boolean takes(GiveUp giveUp) {
    if (!(giveUp.reason() instanceof StreamInterruptedException why)) {
      return false;
    }
    Optional<Duration> rest = left.takeAfter(why);
    rest.ifPresent(time -> broken = new Broken(why, time));
    return rest.isPresent();
  }

  /** The break that it follows. */
  StreamInterruptedException why() {
    return Objects.requireNonNull(broken).why();
  }

  /** The same call with the time that is left of it. */
  ModelCall remainder() {
    return chat.modelCall().within(Objects.requireNonNull(broken).rest());
  }

  /** The account of the whole call: what was tried before the break, too. */
  CallReport told(CallReport report) {
    @Nullable Broken first = broken;
    return first == null ? report : joined(first.why().report(), report);
  }

  /** The error of a second try names the first as suppressed. */
  Throwable explained(Throwable reason) {
    @Nullable Broken first = broken;
    if (first != null && first.why() != reason) {
      reason.addSuppressed(first.why());
    }
    return reason;
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
