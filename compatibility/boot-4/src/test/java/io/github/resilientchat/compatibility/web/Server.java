package io.github.resilientchat.compatibility.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** What serves an application: all are on the class path, which one does is said by name. */
enum Server {
  TOMCAT_OF_SERVLETS(WebApplicationType.SERVLET, "TomcatWebServer", ""),
  TOMCAT(
      WebApplicationType.REACTIVE,
      "TomcatWebServer",
      "org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration"),
  NETTY(
      WebApplicationType.REACTIVE,
      "NettyWebServer",
      "org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration");

  private final WebApplicationType type;
  private final String name;
  private final String without;

  Server(WebApplicationType type, String name, String without) {
    this.type = type;
    this.name = name;
    this.without = without;
  }

  /** Starts the application for the user alice, and makes sure that this serves it. */
  ConfigurableApplicationContext start(Class<?> application, String... properties) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "server.port=0",
                "spring.main.cloud-platform=none",
                "spring.main.banner-mode=off",
                "spring.autoconfigure.exclude=" + without,
                "spring.security.user.name=alice",
                "spring.security.user.password=secret",
                "resilient.backend=aws",
                "resilient.routes.chat.targets=some.model@us-east-1"));
    all.addAll(List.of(properties));
    ConfigurableApplicationContext started =
        new SpringApplicationBuilder(application)
            .web(type)
            .properties(all.toArray(String[]::new))
            .run();
    String serves = server(started).getClass().getSimpleName();
    if (!serves.equals(name)) {
      started.close();
      throw new AssertionError(serves + " serves in place of " + name);
    }
    return started;
  }

  private static WebServer server(ConfigurableApplicationContext started) {
    return started instanceof ReactiveWebServerApplicationContext reactive
        ? reactive.getWebServer()
        : ((ServletWebServerApplicationContext) started).getWebServer();
  }

  /** What alice is answered. */
  static HttpResponse<String> get(ConfigurableApplicationContext application, String path)
      throws Exception {
    String port = application.getEnvironment().getProperty("local.server.port");
    byte[] user = "alice:secret".getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user))
            .timeout(Duration.ofSeconds(60))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
