package io.github.resilientchat.simulator;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The answer to a call that no test scripted: equal for equal requests, and free of the prompt.
 * Where the request or the last text of its user holds a JSON schema, it is JSON that fits.
 */
final class DefaultAnswer {

  private static final List<String> WORDS =
      List.of(
          "calm", "river", "stone", "light", "signal", "harbor", "meadow", "copper", "winter",
          "garden", "silver", "lantern", "bridge", "window", "forest", "marble");

  private static final int MIN_WORDS = 12;
  private static final int MAX_WORDS = 40;

  private DefaultAnswer() {}

  static Answer to(ConverseRequest request, Target target) {
    return ToolChoice.of(request).or(() -> asked(request)).orElseGet(() -> words(request, target));
  }

  private static Optional<Answer> asked(ConverseRequest request) {
    return SchemaAnswer.to(request.schema().orElseGet(request::lastUserText)).map(Answer::text);
  }

  private static Answer words(ConverseRequest request, Target target) {
    SplittableRandom random = new SplittableRandom(request.json().hashCode());
    StringBuilder text = new StringBuilder("Simulated answer from " + target.model().id() + ":");
    for (int i = random.nextInt(MIN_WORDS, MAX_WORDS); i > 0; i--) {
      text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return limited(text.append('.').toString(), request.maxTokens().orElse(Long.MAX_VALUE));
  }

  private static Answer limited(String text, long maxTokens) {
    if (Tokens.ofCharacters(text.length()) <= maxTokens) {
      return Answer.text(text);
    }
    int length = (int) maxTokens * Tokens.CHARACTERS_PER_TOKEN;
    return Answer.text(text.substring(0, length)).withStopReason("max_tokens");
  }
}
