package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Mistake;
import io.github.resilientchat.autoconfigure.Startup;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each mistake in a target stops the application and is reported with its key, its value and what
 * to do.
 */
class RefusedTargetsTest {

  private static final String GOOD = "resilient.routes.chat.targets=a.b@us-east-1";

  @ParameterizedTest
  @MethodSource
  void mistakesInTargetsAreNamedWithKeyValueAndFix(Mistake mistake) {
    assertThat(Startup.refusal(mistake.properties())).contains(mistake.report());
  }

  static Stream<Mistake> mistakesInTargetsAreNamedWithKeyValueAndFix() {
    return Stream.of(
        Mistake.of(
            List.of(
                "resilient.models.sonnet.id=a.b", "resilient.routes.chat.targets=sonet@eu-west-1"),
            "resilient.routes.chat.targets=sonet@eu-west-1",
            "neither the name of a model nor a model id",
            "did you mean 'sonnet'?"),
        Mistake.of(
            List.of(
                "resilient.targets.east.model=a.b",
                "resilient.targets.east.region=us-east-1",
                "resilient.routes.chat.targets=eats"),
            "resilient.routes.chat.targets=eats",
            "model or target",
            "did you mean 'east'?"),
        Mistake.of(
            List.of(
                "resilient.accounts.main.profile=x",
                "resilient.routes.chat.targets=a.b@us-east-1/mian"),
            "resilient.routes.chat.targets=a.b@us-east-1/mian",
            "no account 'mian'",
            "did you mean 'main'?"),
        Mistake.of(
            List.of(
                "resilient.accounts.main.profile=x", "resilient.accounts.other.profile=y", GOOD),
            "a.b@us-east-1",
            "names none of the accounts main, other",
            "resilient.defaults.account"),
        Mistake.of(
            List.of("resilient.defaults.account=gone", GOOD),
            "resilient.defaults.account=gone",
            "there is no account 'gone'"),
        Mistake.of(
            List.of("resilient.routes.chat.targets=a.b"),
            "resilient.routes.chat.targets=a.b",
            "has no Region",
            "resilient.defaults.region"),
        Mistake.of(
            List.of("resilient.routes.chat.targets=a.b@useast1"),
            "resilient.routes.chat.targets=a.b@useast1",
            "'useast1' is no AWS Region",
            "us-east-1"),
        Mistake.of(
            List.of("resilient.routes.chat.targets=route:batch"),
            "resilient.routes.chat.targets=route:batch",
            "a route can be a fallback only",
            "list it under fallbacks"),
        Mistake.of(
            List.of(
                "resilient.routes.chat.targets=arn:aws:bedrock:us-east-1:1:inference-profile/a"),
            "arn:aws:bedrock:us-east-1:1:inference-profile/a",
            "resilient.models.<name>.id"),
        Mistake.of(
            List.of("resilient.routes.chat.targets=a.b@us-east-1*0"),
            "resilient.routes.chat.targets=a.b@us-east-1*0",
            "a weight must be at least 1"),
        Mistake.of(
            List.of("resilient.routes.chat.targets=a.b@us-east-1(3rps)"),
            "resilient.routes.chat.targets=3rps",
            "'3rps' is no limit",
            "60rpm, 100ktpm, 4par"),
        Mistake.of(
            List.of("resilient.routes.chat.targets=a.b@us-east-1, a.b@us-east-1"),
            "resilient.routes.chat.targets=a.b@us-east-1",
            "the route has this target already",
            "a.b@us-east-1/default*2"),
        Mistake.of(
            List.of(
                "resilient.targets.east.model=a.b",
                "resilient.targets.east.region=us-east-1",
                "resilient.targets.east.limits=3rpm",
                "resilient.routes.chat.targets=east(5rpm)"),
            "resilient.routes.chat.targets=east(5rpm)",
            "has its own limits"),
        Mistake.of(
            List.of(
                "resilient.targets.east.model=a.b",
                "resilient.targets.east.region=us-east-1",
                "resilient.routes.chat.targets=east@us-west-2"),
            "resilient.routes.chat.targets=east@us-west-2",
            "has its own Region"),
        Mistake.of(
            List.of(
                "resilient.targets.east.region=us-east-1", "resilient.routes.chat.targets=east"),
            "resilient.targets.east.model",
            "is missing"),
        Mistake.of(
            List.of("resilient.models.sonnet.max-tokens=5", GOOD),
            "resilient.models.sonnet.id",
            "is missing"),
        Mistake.of(
            List.of("resilient.models.sonnet.id=a.b", "resilient.models.sonnet.max-tokens=0", GOOD),
            "resilient.models.sonnet.max-tokens=0",
            "must be at least 1"),
        Mistake.of(
            List.of("resilient.models.m.id=a.b", "resilient.models.m.capabilities=dancing", GOOD),
            "resilient.models.m.capabilities",
            "tools, images, documents, json-schema"),
        Mistake.of(
            List.of(
                "resilient.targets.east.model=a.b",
                "resilient.targets.east.region=us-east-1",
                "resilient.targets.east.enabled=false",
                "resilient.routes.chat.targets=east"),
            "resilient.routes.chat.targets",
            "no target that is enabled"));
  }
}
