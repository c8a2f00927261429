package io.github.resilientchat.compatibility.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The live page, by the jar that Spring Boot 3 has too. */
class ConsoleOnBoot4Test {

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  private static HttpResponse<String> get(String port, String path, String user) throws Exception {
    byte[] credentials = (user + ":secret").getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
            .timeout(Duration.ofSeconds(60))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RESILIENT_OPERATOR", "MEMBER"})
  void pageAndEventsAreForWhoHasTheRole(String role) throws Exception {
    boolean may = role.equals("RESILIENT_OPERATOR");
    try (ConfigurableApplicationContext application =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.SERVLET)
            .properties(
                "server.port=0",
                "management.server.port=0",
                "spring.main.cloud-platform=none",
                "spring.security.user.name=olga",
                "spring.security.user.password=secret",
                "spring.security.user.roles=" + role,
                "resilient.backend=aws",
                "resilient.console.enabled=true",
                "resilient.routes.chat.targets=some.model@us-east-1")
            .run()) {
      String port = application.getEnvironment().getProperty("local.management.port");
      String page = "/actuator/resilient-console";

      assertThat(get(port, page, "olga").statusCode()).isEqualTo(may ? 200 : 403);
      HttpResponse<String> events = get(port, page + "/events?viewer=0123456789abcdef", "olga");
      assertThat(events.statusCode()).isEqualTo(may ? 200 : 403);
      assertThat(events.body().contains("event: state")).isEqualTo(may);
      String own = application.getEnvironment().getProperty("local.server.port");
      assertThat(get(own, page, "olga").statusCode()).isEqualTo(404);
    }
  }
}
