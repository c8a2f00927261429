package io.github.resilientchat.autoconfigure.keys;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says which properties are wrong, where they were set, and what to write. */
final class InvalidConfigurationFailureAnalyzer
    extends AbstractFailureAnalyzer<InvalidConfigurationException> {

  private final Environment environment;

  InvalidConfigurationFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfigurationException cause) {
    List<Problem> problems = cause.problems();
    StringBuilder description =
        new StringBuilder("The configuration under 'resilient' cannot work:\n");
    StringBuilder action = new StringBuilder("Change the configuration:\n");
    for (Problem problem : problems) {
      description
          .append("\n    ")
          .append(problem.setting())
          .append(Origins.describe(environment, problem.key()))
          .append("\n        ")
          .append(problem.problem())
          .append('\n');
      action.append("\n    ").append(problem.key()).append(": ").append(problem.fix());
    }
    action
        .append("\n\nEvery property is in ")
        .append(PropertiesPage.of(problems.stream().map(Problem::key).collect(Collectors.toSet())));
    return new FailureAnalysis(description.toString(), action.toString(), cause);
  }
}
