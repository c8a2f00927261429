package io.github.resilientchat.streaming.hostile;

import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.ConverseCall;
import io.github.resilientchat.streaming.Lab;
import java.util.List;

/**
 * Three accounts, one call at a time each: one for the victim, one for a call from inside it, and
 * one for the bystander.
 */
final class Targets {

  static final String BLUE = "blue";
  static final List<String> ALL = List.of(BLUE, "green", "red");

  /** The one of another route. */
  static final String OTHER = "violet";

  /** What only the victim asks. */
  static final String VICTIMS = "What does a victim ask?";

  static final String SAYS_SO = " says so";

  private Targets() {}

  static Target of(String account) {
    return Target.builder(account)
        .model(Lab.MODEL)
        .region("us-east-1")
        .account(account)
        .limits(Limits.parse("1par"))
        .build();
  }

  static Answer answer(ConverseCall call) {
    boolean wantsTool =
        call.request().has("toolConfig") && !call.request().toString().contains("toolResult");
    Answer text = Answer.words(List.of(call.account(), " says", " so"));
    return wantsTool ? text.andToolUse("use-1", "look", "{}") : text;
  }

  /** Whether the text is a whole answer of one account. */
  static boolean isAnswer(String text) {
    return text.endsWith(OTHER + SAYS_SO)
        || ALL.stream().anyMatch(account -> text.endsWith(account + SAYS_SO));
  }
}
