package io.github.resilientchat.samples.fivepatterns;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Invocation;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a demo plays on: one framework, one way of answering, one local Bedrock. */
record Stage(Chat chat, Mode mode, BedrockSimulator bedrock, Reports reports, PrintStream out) {

  private static final List<String> PROMPTS =
      List.of(
          "What is AI?",
          "Define ML",
          "Explain NLP",
          "What is DL?",
          "Define CNN",
          "What is RNN?",
          "Explain GAN",
          "Define API",
          "What is REST?",
          "Explain GraphQL");

  Framework framework() {
    return chat.framework();
  }

  /** Asks so many questions, each for a user of its own. */
  List<Asked> ask(String demo, String route, int count, Duration apart) {
    List<Question> questions = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      questions.add(question(number, route, demo + "-user-" + number));
    }
    return new Crowd(chat, mode).ask(questions, apart);
  }

  /** Asks these questions all at once. */
  List<Asked> ask(List<Question> questions) {
    return new Crowd(chat, mode).ask(questions, Duration.ZERO);
  }

  static Question question(int number, String route, String user) {
    return new Question(number, route, user, PROMPTS.get((number - 1) % PROMPTS.size()));
  }

  CallReport report(Asked asked) {
    return reports.of(asked.question().user());
  }

  /** What Bedrock's own log has seen of a demo, if it starts from an empty log. */
  List<Invocation> log() {
    return bedrock.invocations();
  }

  void line(String format, Object... values) {
    out.printf("   " + format + "%n", values);
  }
}
