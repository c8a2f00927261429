package io.github.resilientchat.autoconfigure.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Mistake;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.bedrock.BedrockAccount;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import software.amazon.awssdk.regions.Region;

/** Endpoints, ARNs and profiles that belong to another Region than the target's. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedEndpointsTest {

  private static final String VPC =
      "https://vpce-0abc-xyz.bedrock-runtime.us-east-1.vpce.amazonaws.com";
  private static final String ARN = "arn:aws:bedrock:us-west-2:123456789012:";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withPropertyValues(
              "resilient.backend=aws",
              "resilient.accounts.main.access-key=AKIAX",
              "resilient.accounts.main.secret-key=hush");

  @ParameterizedTest
  @MethodSource
  void whatBelongsToAnotherRegionIsNamed(Mistake mistake) {
    assertThat(Startup.refusal(runner.withPropertyValues(mistake.properties())))
        .contains(mistake.report());
  }

  static Stream<Mistake> whatBelongsToAnotherRegionIsNamed() {
    return Stream.of(
        Mistake.of(
            List.of(
                "resilient.accounts.main.endpoint=" + VPC,
                "resilient.routes.chat.targets=us.a.b@us-east-1, us.a.b@us-west-2"),
            "resilient.accounts.main.endpoint=" + VPC,
            "us-west-2",
            "resilient.accounts.main.endpoints.uswest2"),
        Mistake.of(
            List.of(
                "resilient.accounts.main.endpoints.uswest2=" + VPC,
                "resilient.routes.chat.targets=us.a.b@us-west-2"),
            "resilient.accounts.main.endpoints.uswest2=" + VPC,
            "is of us-east-1"),
        Mistake.of(
            List.of(
                "resilient.accounts.main.endpoints.uswest22=" + VPC,
                "resilient.routes.chat.targets=us.a.b@us-west-2"),
            "resilient.accounts.main.endpoints.uswest22=" + VPC,
            "no Region without dashes",
            "uswest2"),
        Mistake.of(
            List.of(
                "resilient.models.p.id=" + ARN + "application-inference-profile/abc",
                "resilient.routes.chat.targets=p@us-east-1"),
            "resilient.routes.chat.targets",
            "p@us-east-1",
            ARN,
            "of us-west-2"),
        Mistake.of(
            List.of(
                "resilient.targets.t.model=eu.anthropic.claude-sonnet-4-6",
                "resilient.targets.t.region=us-east-1",
                "resilient.routes.chat.targets=t"),
            "resilient.targets.t.model=eu.anthropic.claude-sonnet-4-6",
            "eu. cannot be called in us-east-1"),
        Mistake.of(
            List.of(
                "resilient.accounts.main.endpoint=http://bedrock.internal:4566",
                "resilient.routes.chat.targets=us.a.b@us-west-2"),
            "resilient.accounts.main.endpoint=http://bedrock.internal:4566",
            "resilient.http.allowed-hosts"),
        Mistake.of(
            List.of(
                "resilient.accounts.main.endpoint=https://x1.execute-api.us-west-2.amazonaws.com",
                "resilient.routes.chat.targets=us.a.b@us-west-2"),
            "resilient.accounts.main.endpoint=https://x1.execute-api.us-west-2.amazonaws.com",
            "is neither a host of Bedrock nor this machine"),
        ofTheControlPlane("start"),
        ofTheControlPlane("lazy"),
        Mistake.of(
            List.of(
                "resilient.http.allowed-hosts=http://bedrock.internal",
                "resilient.routes.chat.targets=us.a.b@us-west-2"),
            "resilient.http.allowed-hosts",
            "without scheme"));
  }

  private static Mistake ofTheControlPlane(String discovery) {
    String endpoint =
        "resilient.accounts.main.control-endpoint=https://bedrock.us-east-1.amazonaws.com";
    return Mistake.of(
        List.of(
            "resilient.discovery.profiles=" + discovery,
            endpoint,
            "resilient.routes.chat.targets=us.a.b@us-west-2"),
        endpoint,
        "calls for us-west-2 would go there",
        "write {region} in place of the Region");
  }

  @Test
  void endpointsByRegionAreThoseOfTheAccount() {
    runner
        .withPropertyValues(
            "resilient.accounts.main.endpoint=" + VPC.replace("us-east-1", "{region}"),
            "resilient.accounts.main.endpoints.useast2=http://localhost:1",
            "resilient.routes.chat.targets=us.a.b@us-east-1, us.a.b@us-west-2, us.a.b@us-east-2")
        .run(
            context -> {
              BedrockAccount main = context.getBean(BedrockAccounts.class).account("main");
              assertThat(main.endpoint(Region.US_EAST_1)).contains(URI.create(VPC));
              assertThat(main.endpoint(Region.US_WEST_2))
                  .contains(URI.create(VPC.replace("us-east-1", "us-west-2")));
              assertThat(main.endpoint(Region.US_EAST_2))
                  .contains(URI.create("http://localhost:1"));
            });
  }

  @Test
  void hostAllowedByNameServesAllRegionsAndIsWarnedOf(CapturedOutput output) {
    runner
        .withPropertyValues(
            "resilient.http.allowed-hosts=bedrock.internal",
            "resilient.accounts.main.endpoint=http://bedrock.internal:4566",
            "resilient.routes.chat.targets=us.a.b@us-east-1, us.a.b@us-west-2")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(output)
                  .contains("resilient.accounts.main.endpoint=http://bedrock.internal:4566");
            });
  }

  @Test
  void endpointOfTheSurroundingsIsNamedOnce(CapturedOutput output) {
    System.setProperty("aws.endpointUrl", "http://localstack.example:4566");
    try {
      runner
          .withPropertyValues("resilient.routes.chat.targets=us.a.b@us-east-1, us.a.b@us-west-2")
          .run(context -> assertThat(context).hasNotFailed());
    } finally {
      System.clearProperty("aws.endpointUrl");
    }
    assertThat(output.toString().split("localstack\\.example", -1)).hasSize(2);
    assertThat(output).contains("aws.endpointUrl", "resilient.http.allow-ambient-endpoint");
  }
}
