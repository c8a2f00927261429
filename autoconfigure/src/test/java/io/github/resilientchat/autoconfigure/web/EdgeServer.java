package io.github.resilientchat.autoconfigure.web;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.simulator.BedrockSimulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application, served, and its client. */
record EdgeServer(ConfigurableApplicationContext application, HttpClient http)
    implements AutoCloseable {

  static EdgeServer start(WebApplicationType type, String... properties) {
    return start(new SpringApplicationBuilder(EdgeApplication.class), type, properties);
  }

  /**
   * @param more of the application
   */
  static EdgeServer startWith(Class<?> more, WebApplicationType type, String... properties) {
    return start(new SpringApplicationBuilder(EdgeApplication.class, more), type, properties);
  }

  private static EdgeServer start(
      SpringApplicationBuilder builder, WebApplicationType type, String... properties) {
    ConfigurableApplicationContext application =
        builder
            .web(type)
            .properties(
                "server.port=0",
                "spring.main.cloud-platform=none",
                "spring.main.banner-mode=off",
                "resilient.backend=simulator",
                "resilient.defaults.region=us-east-1",
                "resilient.defaults.retry.max-attempts=2",
                "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-6",
                "resilient.routes.chat.fallbacks="
                    + "us.anthropic.claude-haiku-4-5-20251001-v1:0@us-west-2",
                "resilient.quotas.default.limits=1000rpm, 10mtpm")
            .properties(properties)
            .run();
    return new EdgeServer(application, HttpClient.newHttpClient());
  }

  BedrockSimulator bedrock() {
    return application.getBean(BedrockSimulator.class);
  }

  List<CallReport> reports() {
    return application.getBean(EdgeApplication.Reports.class).all;
  }

  HttpRequest request(String path, @Nullable String user, String... headers) {
    String port = application.getEnvironment().getProperty("local.server.port");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60));
    if (user != null) {
      byte[] credentials = (user + ":secret").getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  HttpResponse<String> get(String path, @Nullable String user, String... headers) throws Exception {
    return http.send(request(path, user, headers), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    application.close();
  }
}
