package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Shows that the contract tests can fail, and that the decorator which comes to mind first does.
 */
class NaiveDecoratorTest {

  @Test
  void naiveDecoratorFailsEveryTestOfOurContract() {
    assertThat(failuresOf(NaiveDecorators.OfOurs.class, 3))
        .containsOnlyKeys(
            "fallbackIsAskedForItsOwnModel()",
            "listenerOfAModelHearsEachOfItsCallsOnce()",
            "toolRunsOnceAlthoughTheStreamBreaks()")
        .satisfies(
            failures -> {
              assertThat(failures.get("fallbackIsAskedForItsOwnModel()"))
                  .contains("expected: \"model-b\"", "but was: \"model-a\"");
              assertThat(failures.get("listenerOfAModelHearsEachOfItsCallsOnce()")).contains("2");
              assertThat(failures.get("toolRunsOnceAlthoughTheStreamBreaks()")).contains("2");
            });
  }

  @Test
  void naiveDecoratorFailsLangChain4jsContractOfListeners() {
    assertThat(failuresOf(NaiveDecorators.OfLangChain4j.class, 2)).hasSize(2);
    assertThat(failuresOf(NaiveDecorators.OfLangChain4jStreaming.class, 2)).hasSize(2);
  }

  private static Map<String, String> failuresOf(Class<?> tests, int number) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(),
            listener);
    TestExecutionSummary summary = listener.getSummary();
    assertThat(summary.getTestsStartedCount()).isEqualTo(number);
    Map<String, String> failures = new TreeMap<>();
    summary
        .getFailures()
        .forEach(
            failure ->
                failures.put(
                    failure.getTestIdentifier().getDisplayName(),
                    String.valueOf(failure.getException().getMessage())));
    return failures;
  }
}
