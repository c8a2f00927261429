package io.github.resilientchat.transparency.kits;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * How the tests of a kit ended, by their names.
 *
 * @param failed with what
 * @param aborted because there is no such model, and why not
 * @param left out of the kit, for a reason that its own classes give
 */
record Results(
    Map<String, Throwable> failed,
    Set<String> passed,
    Map<String, String> aborted,
    Set<String> left) {

  static Results of(Class<?> kit) {
    Results results =
        new Results(new TreeMap<>(), new TreeSet<>(), new TreeMap<>(), new TreeSet<>());
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(kit)).build(),
            new TestExecutionListener() {
              @Override
              public void executionSkipped(TestIdentifier test, String reason) {
                results.left.add(nameOf(test));
              }

              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                results.add(test, result);
              }
            });
    return results;
  }

  private void add(TestIdentifier test, TestExecutionResult result) {
    String id = nameOf(test);
    Throwable thrown = result.getThrowable().orElseGet(() -> new AssertionError("no reason"));
    switch (result.getStatus()) {
      case ABORTED -> aborted.put(id, String.valueOf(thrown.getMessage()));
      case FAILED -> failed.put(id, thrown);
      default -> {
        if (test.isTest()) {
          passed.add(id);
        }
      }
    }
  }

  private static String nameOf(TestIdentifier test) {
    return test.getUniqueId()
        .replaceFirst(".*\\[(method|test-template):", "")
        .replaceFirst("\\(.*?\\)]", "");
  }

  int run() {
    return failed.size() + passed.size();
  }
}
