package io.github.resilientchat.autoconfigure.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.autoconfigure.app.StreamingAssistant;
import io.github.resilientchat.langchain4j.CallContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application adds to what streams carry of the caller's thread. */
class CallContextBeanTest {

  private static final ThreadLocal<String> SESSION = new ThreadLocal<>();

  @Test
  void handlersOnTheProvidersThreadsSeeIt() {
    new ApplicationContextRunner()
        .withUserConfiguration(BothFrameworksApplication.class, Sessions.class)
        .withPropertyValues("spring.main.cloud-platform=none")
        .run(
            context -> {
              CompletableFuture<String> seen = new CompletableFuture<>();
              SESSION.set("alice's");
              context
                  .getBean(StreamingAssistant.class)
                  .chat("hello")
                  .onPartialResponse(part -> {})
                  .onCompleteResponse(answer -> seen.complete(SESSION.get()))
                  .onError(seen::completeExceptionally)
                  .start();
              SESSION.remove();

              assertThat(seen.get(1, TimeUnit.MINUTES)).isEqualTo("alice's");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class Sessions {

    @Bean
    CallContext sessions() {
      return () -> {
        String session = SESSION.get();
        return task ->
            () -> {
              SESSION.set(session);
              try {
                task.run();
              } finally {
                SESSION.remove();
              }
            };
      };
    }
  }
}
