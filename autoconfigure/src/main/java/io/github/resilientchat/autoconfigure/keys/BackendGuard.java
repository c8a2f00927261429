package io.github.resilientchat.autoconfigure.keys;

import io.github.resilientchat.autoconfigure.keys.KeyCheck.SetKey;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;

/**
 * Keeps made-up answers out of production: nobody gets the simulator who may have meant Amazon
 * Bedrock, nobody gets it on a cloud platform, and nobody gets it without its dependency.
 */
final class BackendGuard {

  private static final String KEY = "resilient.backend";

  /** Variables that AWS's runtimes and Kubernetes set; {@link CloudPlatform} knows only some. */
  private static final List<String> MARKERS =
      List.of(
          "AWS_EXECUTION_ENV",
          "ECS_CONTAINER_METADATA_URI",
          "ECS_CONTAINER_METADATA_URI_V4",
          "AWS_LAMBDA_FUNCTION_NAME",
          "KUBERNETES_SERVICE_HOST");

  private static final String NOT_DEPLOYED =
      ", or spring.main.cloud-platform=none where this machine only builds or tests";
  private static final String USE_AWS =
      "set resilient.backend=aws and a route, such as"
          + " resilient.routes.chat.targets=<model id>@<Region>";
  private static final String ADD_SIMULATOR =
      "add the dependency io.github.resilientchat:resilient-bedrock-simulator in test scope (and"
          + " start with mvn spring-boot:test-run) or in a Maven profile for development";

  private final Environment environment;
  private final boolean simulatorPresent;

  BackendGuard(Environment environment, boolean simulatorPresent) {
    this.environment = environment;
    this.simulatorPresent = simulatorPresent;
  }

  /**
   * Checks the choice of the backend.
   *
   * @param keys that are set
   */
  void check(List<SetKey> keys, Problems problems) {
    checkBackend(keys, problems);
    if (!simulatorPresent) {
      keys.stream()
          .filter(set -> set.group().equals("simulator"))
          .forEach(
              set ->
                  problems.add(
                      set.key(),
                      set.value(),
                      "configures the simulator, which is not on the class path",
                      ADD_SIMULATOR + "; or remove the property"));
    }
  }

  /**
   * Checks that who was wired is who is asked for: what conditions decide is frozen when an
   * application is processed ahead of time, and the environment that it runs in may say otherwise.
   *
   * @param simulated whether the simulator is wired
   * @param frozen whether that was decided when the application was built
   */
  void checkWired(boolean simulated, boolean frozen, Problems problems) {
    String backend = environment.getProperty(KEY);
    if (simulated && Backend.AWS.name().equalsIgnoreCase(backend)) {
      problems.add(
          KEY,
          backend,
          "asks for Amazon Bedrock, and the application was built for made-up answers",
          "build it with resilient.backend=aws: who answers is decided when it is processed ahead"
              + " of time");
    } else if (frozen && !simulated && Backend.SIMULATOR.name().equalsIgnoreCase(backend)) {
      problems.add(
          KEY,
          backend,
          "asks for made-up answers, and the application was built for Amazon Bedrock",
          "build it with resilient.backend=simulator: who answers is decided when it is processed"
              + " ahead of time");
    }
  }

  private void checkBackend(List<SetKey> keys, Problems problems) {
    String backend = environment.getProperty(KEY);
    if (Backend.AWS.name().equalsIgnoreCase(backend)) {
      return;
    }
    // Blank would bind to nothing, and nothing means the simulator.
    if (backend != null && !Backend.SIMULATOR.name().equalsIgnoreCase(backend)) {
      problems.add(KEY, backend, "is no backend", "write aws or simulator");
      return;
    }
    String cloud = cloud();
    List<String> set = keys.stream().map(SetKey::group).toList();
    List<String> places =
        Stream.of("accounts", "models", "targets", "routes").filter(set::contains).toList();
    if (backend == null && !places.isEmpty()) {
      problems.add(
          KEY,
          null,
          "is not set, though resilient." + places.get(0) + " is",
          "add resilient.backend=aws, or resilient.backend=simulator for the local simulator"
              + (simulatorPresent ? "" : ", and then " + ADD_SIMULATOR));
    } else if (cloud != null) {
      problems.add(
          KEY,
          backend,
          (backend == null
                  ? "is not set, so the simulator would answer"
                  : "asks for made-up answers")
              + ", and this is a cloud platform ("
              + cloud
              + ")",
          "set resilient.backend=aws" + NOT_DEPLOYED);
    } else if (!simulatorPresent) {
      refuseWithoutSimulator(backend, problems);
    }
  }

  private static void refuseWithoutSimulator(@Nullable String backend, Problems problems) {
    problems.add(
        KEY,
        backend,
        backend == null
            ? "is not set, and nobody else answers: the simulator is not on the class path"
            : "needs the simulator, which is not on the class path",
        "for Amazon Bedrock " + USE_AWS + "; for made-up answers " + ADD_SIMULATOR);
  }

  private @Nullable String cloud() {
    CloudPlatform platform = CloudPlatform.getActive(environment);
    if (platform == CloudPlatform.NONE) {
      return null;
    }
    if (platform != null) {
      return platform.name();
    }
    return MARKERS.stream().filter(environment::containsProperty).findFirst().orElse(null);
  }
}
