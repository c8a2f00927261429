package io.github.resilientchat.tools.litellm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import io.github.resilientchat.core.engine.Engine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Deployments that say whose credentials they use, beside others that do not. */
class ImportedAccountsTest {

  private static final String AMBIENT =
      "- {model_name: chat, litellm_params: {model: bedrock/us.amazon.nova-lite-v1:0,"
          + " aws_region_name: %s}}\n";
  private static final String NAMED =
      "- {model_name: chat, litellm_params: {model: bedrock/us.amazon.nova-lite-v1:0,"
          + " aws_region_name: %s, aws_role_name: 'arn:aws:iam::111122223333:role/prod'}}\n";

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  /** Region and account of each target of an application with what is printed. */
  private static List<String> places(String converted, String... more) {
    var properties = LitellmImportTest.properties(converted);
    List<String> places = new java.util.ArrayList<>();
    new ApplicationContextRunner()
        .withUserConfiguration(Application.class)
        .withPropertyValues(
            properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new))
        .withPropertyValues(
            "spring.main.cloud-platform=none",
            "resilient.backend=simulator",
            "resilient.identity.anonymous=shared")
        .withPropertyValues(more)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(ChatModel.class)).isNotNull();
              context.getBean(Engine.class).operations().routes().stream()
                  .flatMap(route -> route.targets().stream())
                  .map(each -> each.target().region() + "/" + each.target().account())
                  .forEach(places::add);
            });
    return places;
  }

  private static String of(String... deployments) {
    return LitellmImport.convert("model_list:\n" + String.join("", deployments), Map.of());
  }

  @Test
  void mostlyAmbientOnesStayWithTheSurroundings() {
    String made =
        of(
            AMBIENT.formatted("us-east-1"),
            AMBIENT.formatted("us-east-2"),
            NAMED.formatted("us-west-2"));

    assertThat(places(made))
        .containsExactly("us-east-1/ambient", "us-east-2/ambient", "us-west-2/prod");
    assertThat(made)
        .contains("resilient.accounts.ambient=\n", "resilient.defaults.account=ambient\n")
        .contains("# - account ambient: deployments that say no credentials");
  }

  @Test
  void mostlyNamedOnesTakeNoAmbientOneWithThem() {
    String made =
        of(
            AMBIENT.formatted("us-east-1"),
            NAMED.formatted("us-east-2"),
            NAMED.formatted("us-west-2"));

    assertThat(places(made))
        .containsExactly("us-east-1/ambient", "us-east-2/prod", "us-west-2/prod");
    assertThat(made).contains("resilient.defaults.account=prod\n");
  }

  @Test
  void oneOfEachAreNotMistakenForEachOther() {
    assertThat(places(of(AMBIENT.formatted("us-east-1"), NAMED.formatted("us-west-2"))))
        .containsExactly("us-east-1/ambient", "us-west-2/prod");
  }

  @Test
  void whereNobodySaysCredentialsThereIsNoAccount() {
    String made = of(AMBIENT.formatted("us-east-1"), AMBIENT.formatted("us-west-2"));

    assertThat(made).doesNotContain("account");
    assertThat(places(made)).containsExactly("us-east-1/default", "us-west-2/default");
  }

  @Test
  void regionOfTheEnvironmentIsWhereTheTargetIs() {
    String made =
        of(
            AMBIENT.formatted("us-east-1"),
            AMBIENT.formatted("us-east-1").replace("nova-lite", "nova-pro"),
            AMBIENT.formatted("os.environ/SECOND_REGION"));

    assertThat(places(made, "SECOND_REGION=us-west-2"))
        .containsExactly("us-east-1/default", "us-east-1/default", "us-west-2/default");
  }
}
