package io.github.resilientchat.autoconfigure.springai;

import io.github.resilientchat.springai.ResilientChatModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/**
 * Says so where {@code spring.reactor.context-propagation=auto} does nothing: since Spring Boot 4
 * it is read by a module of its own, which web applications without WebFlux do not have.
 */
@AutoConfiguration(after = ResilientSpringAiAutoConfiguration.class)
@ConditionalOnClass(ResilientChatModel.class)
@ConditionalOnMissingClass({
  "org.springframework.boot.autoconfigure.reactor.ReactorAutoConfiguration",
  "org.springframework.boot.reactor.autoconfigure.ReactorAutoConfiguration"
})
@ConditionalOnProperty(name = "spring.reactor.context-propagation", havingValue = "auto")
@ConditionalOnBean(ResilientChatModel.class)
public final class ResilientReactorAutoConfiguration {

  private static final Logger log =
      LoggerFactory.getLogger(ResilientReactorAutoConfiguration.class);

  ResilientReactorAutoConfiguration() {
    log.warn(
        "spring.reactor.context-propagation=auto has no effect: nothing on the class path reads it,"
            + " so in streams tools see no MDC and no SecurityContextHolder. Add"
            + " org.springframework.boot:spring-boot-reactor.");
  }
}
