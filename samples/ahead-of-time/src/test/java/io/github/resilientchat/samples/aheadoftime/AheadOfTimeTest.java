package io.github.resilientchat.samples.aheadoftime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The build has processed the application for the simulator; here it starts. */
class AheadOfTimeTest {

  private static final String HERE = "--spring.main.cloud-platform=none";

  @Test
  void applicationThatItsBuildProcessedStartsAndAnswers() throws Exception {
    try (ApplicationProcess application = new ApplicationProcess(Map.of(), HERE)) {
      for (String path :
          new String[] {
            "/spring-ai", "/spring-ai/stream", "/langchain4j", "/langchain4j/service"
          }) {
        var answer = application.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).as(path).isNotBlank();
        assertThat(answer.headers().firstValue("RateLimit")).as(path).isPresent();
      }
      assertThat(application.output()).contains("Starting AOT-processed ProcessedApplication");
      assertThat(application.get("/actuator/health").body())
          .contains("\"simulated\":true")
          .contains("\"UP\"");
      assertThat(application.get("/actuator/resilient").body()).contains("\"canAnswer\":true");
      assertThat(application.get("/actuator/resilient-console").statusCode()).isEqualTo(200);
    }
  }

  /** Who answers was decided when it was built: there is no way but to refuse. */
  @Test
  void builtForMadeUpAnswersItDoesNotStartWhereBedrockIsAskedFor() throws Exception {
    try (ApplicationProcess application =
        new ApplicationProcess(Map.of("RESILIENT_BACKEND", "aws"), HERE)) {
      assertThat(application.status()).as(application.output()).isNotZero();
      assertThat(application.output())
          .contains("Starting AOT-processed ProcessedApplication")
          .contains("asks for Amazon Bedrock, and the application was built for made-up answers")
          .contains("build it with resilient.backend=aws")
          .doesNotContain("Tomcat started");
    }
  }

  @Test
  void builtForMadeUpAnswersItDoesNotStartOnACloudPlatform() throws Exception {
    try (ApplicationProcess application =
        new ApplicationProcess(
            Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "KUBERNETES_SERVICE_PORT", "443"))) {
      assertThat(application.status()).as(application.output()).isNotZero();
      assertThat(application.output()).contains("cloud platform").doesNotContain("Tomcat started");
    }
  }
}
