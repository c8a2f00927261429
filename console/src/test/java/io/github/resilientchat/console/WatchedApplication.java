package io.github.resilientchat.console;

import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.engine.Engine;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.embedded.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** An application with the page, an operator and somebody else. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WatchedApplication {

  private static UserDetails user(String name, String role) {
    return User.withUsername(name).password("{noop}secret").roles(role).build();
  }

  @Bean
  Object routers(Engine engine, ConfiguredRoutes routes) {
    routes.all().forEach(engine::router);
    return "built";
  }

  /** Whoever has not looked for some time is gone, and here none passes. */
  @Bean
  @ConditionalOnProperty("time.stands")
  Ticker standing() {
    return () -> 1_000_000_000;
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = Type.SERVLET)
  static class OnTomcat {

    @Bean
    InMemoryUserDetailsManager users() {
      return new InMemoryUserDetailsManager(
          user("olga", "RESILIENT_OPERATOR"), user("mia", "MEMBER"));
    }

    @Bean
    SecurityFilterChain rules(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(all -> all.anyRequest().authenticated())
          .httpBasic(Customizer.withDefaults())
          .csrf(csrf -> csrf.ignoringRequestMatchers("/actuator/resilient-console/**"))
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = Type.REACTIVE)
  static class OnNetty {

    @Bean
    NettyReactiveWebServerFactory netty() {
      return new NettyReactiveWebServerFactory();
    }

    @Bean
    MapReactiveUserDetailsService users() {
      return new MapReactiveUserDetailsService(
          user("olga", "RESILIENT_OPERATOR"), user("mia", "MEMBER"));
    }

    @Bean
    SecurityWebFilterChain rules(ServerHttpSecurity http) {
      return http.authorizeExchange(all -> all.anyExchange().authenticated())
          .httpBasic(Customizer.withDefaults())
          .csrf(ServerHttpSecurity.CsrfSpec::disable)
          .build();
    }
  }
}
