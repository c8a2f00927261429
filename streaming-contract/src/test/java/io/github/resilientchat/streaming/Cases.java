package io.github.resilientchat.streaming;

import java.util.List;
import java.util.stream.Stream;

/**
 * The contract, topic by topic. A row says which faults strike, in brackets what else is special,
 * and then, for each shape, how the call ends and which exchanges Bedrock saw. The order of targets
 * is always blue, then green.
 */
final class Cases {

  static final String NO_FRAMES = "a blocking call has no frames";
  static final String NO_HANDLE = "a blocking call is left by interrupting it";
  static final String NO_CALLBACK = "a blocking call has no callback";
  static final String NOT_WAITING = "the caller's thread does not wait for a handler";
  static final String NOT_HEDGED = "only streams are hedged";

  private Cases() {}

  static List<Case> all() {
    return Stream.of(
            FailureCases.all(),
            BrokenBodyCases.all(),
            SilenceCases.all(),
            CallerCases.all(),
            DeadlineCases.all(),
            WaitingCases.all(),
            HedgeCases.all(),
            RestartCases.all())
        .flatMap(List::stream)
        .toList();
  }
}
