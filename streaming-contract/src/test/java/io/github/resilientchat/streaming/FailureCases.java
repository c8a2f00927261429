package io.github.resilientchat.streaming;

import static io.github.resilientchat.streaming.Expected.answered;
import static io.github.resilientchat.streaming.Expected.interrupted;
import static io.github.resilientchat.streaming.Expected.noTarget;
import static io.github.resilientchat.streaming.Seen.faulted;
import static io.github.resilientchat.streaming.Seen.served;
import static io.github.resilientchat.streaming.Trouble.error;
import static io.github.resilientchat.streaming.Trouble.modelError;
import static io.github.resilientchat.streaming.Trouble.throttled;
import static io.github.resilientchat.streaming.Words.BLUE;
import static io.github.resilientchat.streaming.Words.GREEN;

import java.util.List;

/** Bedrock says that it fails. */
final class FailureCases {

  private FailureCases() {}

  static List<Case> all() {
    return List.of(
        Case.of("no fault").all(answered(served(BLUE))),
        Case.of("throttled before headers", throttled().account(BLUE))
            .all(answered(faulted(BLUE), served(GREEN))),
        Case.of("throttled everywhere", throttled()).all(noTarget(faulted(BLUE), faulted(GREEN))),
        Case.of("server error before headers", error(500, "InternalServerException"))
            .all(answered(faulted(BLUE), served(GREEN))),
        // Says that the model has no capacity in the Region, in which green is, too.
        Case.of("unavailable before headers", error(503, "ServiceUnavailableException"))
            .all(answered(faulted(BLUE), served(GREEN))),
        Case.of("exception as first frame", modelError(0))
            .streams(answered(faulted(BLUE), served(GREEN)))
            .notBlocking(Cases.NO_FRAMES),
        Case.of("exception after role frame", modelError(Trouble.ROLE))
            .streams(answered(faulted(BLUE), served(GREEN)))
            .notBlocking(Cases.NO_FRAMES),
        Case.of("exception after reasoning", modelError(Trouble.REASONING))
            .blueSays(Words.withReasoning())
            .handler(interrupted(0, faulted(BLUE)))
            // Spring AI 1.1's Bedrock model drops reasoning, so that nothing was heard.
            .flux(answered(faulted(BLUE), served(GREEN)))
            .notBlocking(Cases.NO_FRAMES),
        Case.of("exception after text", modelError(Trouble.TEXT))
            .handler(interrupted(Trouble.SOME_WORDS, faulted(BLUE)))
            .flux(
                interrupted(Trouble.SOME_WORDS, faulted(BLUE))
                    .mayLose(BrokenBodyCases.QUEUED_WORDS))
            .notBlocking(Cases.NO_FRAMES),
        Case.of("exception after a tool call", modelError(Trouble.TOOL))
            .blueSays(Words.withTool(BLUE))
            .handler(interrupted(0, faulted(BLUE)))
            // Spring AI 1.1's Bedrock model passes a call on when the answer is whole.
            .flux(answered(faulted(BLUE), served(GREEN)))
            .notBlocking(Cases.NO_FRAMES));
  }
}
