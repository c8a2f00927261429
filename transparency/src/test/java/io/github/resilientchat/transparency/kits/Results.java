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
 * How the tests of a kit ended.
 *
 * @param failed with what, by test
 */
record Results(Map<String, Throwable> failed, Set<String> passed) {

  static Results of(Class<?> kit) {
    Map<String, Throwable> failed = new TreeMap<>();
    Set<String> passed = new TreeSet<>();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(kit)).build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (!test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                  return;
                }
                String id = test.getUniqueId().replaceFirst(".*\\[(method|test-template):", "");
                if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                  passed.add(id);
                } else {
                  failed.put(
                      id, result.getThrowable().orElseGet(() -> new AssertionError("no reason")));
                }
              }
            });
    return new Results(failed, passed);
  }

  int run() {
    return failed.size() + passed.size();
  }
}
