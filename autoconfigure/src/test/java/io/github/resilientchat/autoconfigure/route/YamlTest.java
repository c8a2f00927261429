package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.PropertiesFile;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.core.route.Target;
import org.junit.jupiter.api.Test;

class YamlTest {

  @Test
  void listsAndGroupsMayBeWrittenAsYaml() {
    Startup.runner()
        .withInitializer(
            PropertiesFile.yaml(
                """
                resilient:
                  backend: aws
                  accounts:
                    main:
                    second:
                      profile: test
                  defaults: {account: main, region: us-east-1}
                  models:
                    sonnet: {id: us.anthropic.claude-sonnet-4-6}
                  routes:
                    chat:
                      targets:
                        - sonnet(3rpm, 100ktpm)
                        - sonnet/second*2
                      fallbacks: a.b@us-west-2, c.d
                  quotas:
                    default:
                      limits: [60rpm, 100ktpm]
                """))
        .run(
            context ->
                assertThat(context.getBean(ConfiguredRoutes.class).route("chat").targets())
                    .extracting(Target::name)
                    .containsExactly(
                        "chat:sonnet@us-east-1/main",
                        "sonnet@us-east-1/second",
                        "a.b@us-west-2/main",
                        "c.d@us-east-1/main"));
  }

  @Test
  void aMistakeIsReportedWithItsLine() {
    assertThat(
            Startup.refusal(
                Startup.runner()
                    .withInitializer(
                        PropertiesFile.yaml(
                            """
                            resilient:
                              backend: aws
                              routes:
                                chat:
                                  targets: sonet@us-east-1
                                  timout: 3s
                            """))))
        .contains(
            "resilient.routes.chat.timout=(withheld) (from",
            "6:15",
            "did you mean 'resilient.routes.chat.timeout'?");
  }
}
