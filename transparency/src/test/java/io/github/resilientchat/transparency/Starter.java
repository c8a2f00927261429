package io.github.resilientchat.transparency;

import io.github.resilientchat.core.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with both starters and one target. */
public final class Starter implements AutoCloseable {

  private static final AtomicLong NOW = new AtomicLong();
  private final ConfigurableApplicationContext context;

  /**
   * @param more beans of the application
   */
  Starter(URI endpoint, Class<?>... more) {
    this(endpoint, Way.MODEL, List.of(), more);
  }

  /**
   * @param modelId of the one target
   * @param beans of the application
   */
  public Starter(URI endpoint, String modelId, List<?> beans) {
    this(endpoint, modelId, beans, new Class<?>[0]);
  }

  private Starter(URI endpoint, String modelId, List<?> beans, Class<?>... more) {
    context =
        new SpringApplicationBuilder(Application.class)
            .sources(more)
            .initializers(
                starting ->
                    beans.forEach(
                        bean ->
                            starting
                                .getBeanFactory()
                                .registerSingleton("bean-" + beans.indexOf(bean), bean)))
            .logStartupInfo(false)
            .properties(
                "spring.main.web-application-type=none",
                "spring.main.banner-mode=off",
                "spring.main.cloud-platform=none",
                "spring.main.allow-bean-definition-overriding=true",
                "resilient.backend=aws",
                "resilient.accounts.main.access-key=" + Clients.ACCESS_KEY,
                "resilient.accounts.main.secret-key=secret",
                "resilient.accounts.main.endpoint=" + endpoint,
                "resilient.models.nova.id=" + modelId,
                // Whatever it lacks: the server at the other end takes all there is.
                "resilient.models.nova.lacks=",
                "resilient.defaults.region=us-east-1",
                "resilient.defaults.retry.max-attempts=1",
                "resilient.routes.chat.targets=nova/main")
            .run();
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Long enough for a target to be asked again, whatever it said. */
  void rest(Duration time) {
    NOW.addAndGet(time.toNanos());
  }

  @Override
  public void close() {
    context.close();
  }

  @Configuration
  @EnableAutoConfiguration
  static class Application {

    @Bean
    Ticker ticker() {
      return NOW::get;
    }
  }
}
