package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.bedrock.ToldProfiles.Place;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.ControlPlane;
import io.github.resilientchat.bedrock.InferenceProfiles;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/** Warns of models that end soon, and of places that do not tell it. */
final class EndsOfModels {

  private static final Logger LOG = LoggerFactory.getLogger(ProfileDiscovery.class);

  private static final Duration NEAR = Duration.ofDays(90);

  /** By so much more than one call takes at most, for all models together. */
  private static final Duration MORE = Duration.ofSeconds(1);

  /**
   * A model, and where it is asked about.
   *
   * @param model without a geography
   */
  private record Question(String model, Target target) {}

  /**
   * What was said of a model.
   *
   * @param refusal why nothing, or empty
   */
  private record Answer(Optional<Instant> end, String refusal) {

    private static final Answer NONE = new Answer(Optional.empty(), "no answer in time");
  }

  private final ControlPlane control;
  private final BedrockAccounts accounts;
  private final InstantSource clock;

  EndsOfModels(ControlPlane control, BedrockAccounts accounts, InstantSource clock) {
    this.control = control;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** Asks about each model once, of a place that tells its profiles rather than of another one. */
  void warn(List<Target> targets, ToldProfiles told) {
    Map<String, Target> models = new TreeMap<>();
    targets.stream()
        .filter(target -> !told.isMute(target))
        .sorted(Comparator.comparing(target -> told.at(target).isEmpty()))
        .forEach(target -> models.putIfAbsent(model(target, told), target));
    // Of what these stand for, only the account's profiles tell.
    models.keySet().removeIf(model -> model.startsWith("arn:"));
    List<Question> questions = new ArrayList<>();
    models.forEach((model, target) -> questions.add(new Question(model, target)));
    Map<Question, Answer> answers =
        AskedTogether.ask(questions, this::answer, control.patience().plus(MORE));
    Instant soon = clock.instant().plus(NEAR);
    Set<Place> silent = new HashSet<>();
    for (Question question : questions) {
      Answer answer = answers.getOrDefault(question, Answer.NONE);
      answer.end().filter(soon::isAfter).ifPresent(end -> warnOfTheEnd(question, end));
      if (!answer.refusal().isEmpty() && silent.add(Place.of(question.target()))) {
        warnOfSilence(question, answer.refusal());
      }
    }
  }

  private static String model(Target target, ToldProfiles told) {
    return told.of(target)
        .map(InferenceProfiles.Known::foundationModel)
        .filter(model -> !model.isEmpty())
        .orElse(target.foundationModel());
  }

  private Answer answer(Question question) {
    Target target = question.target();
    try {
      BedrockAccount account = accounts.account(target.account());
      Region region = Region.of(target.region());
      return new Answer(control.endOfLife(account, region, question.model()), "");
    } catch (SdkException e) {
      return new Answer(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private static void warnOfTheEnd(Question question, Instant end) {
    LOG.warn(
        "the model {} ends on {}, and targets such as {} with it",
        question.model(),
        end,
        question.target().name());
  }

  private static void warnOfSilence(Question question, String refusal) {
    LOG.warn(
        "account {} does not tell in {} when models such as {} end: {}",
        question.target().account(),
        question.target().region(),
        question.model(),
        refusal);
  }
}
