package io.github.resilientchat.samples.teamchat;

import static org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers.pathMatchers;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.embedded.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.csrf.CsrfWebFilter;
import org.springframework.security.web.server.util.matcher.AndServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;

/** On Netty: the same rules. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.REACTIVE)
class ReactiveSecurity {

  /** Tomcat is on the class path too, and would come first. */
  @Bean
  NettyReactiveWebServerFactory netty() {
    return new NettyReactiveWebServerFactory();
  }

  @Bean
  MapReactiveUserDetailsService members() {
    return new MapReactiveUserDetailsService(Members.accounts());
  }

  @Bean
  ReactiveJwtDecoder decoder(Tokens tokens) {
    return NimbusReactiveJwtDecoder.withPublicKey(tokens.publicKey()).build();
  }

  @Bean
  @Order(0)
  SecurityWebFilterChain operatorRules(ServerHttpSecurity http) {
    ServerWebExchangeMatcher page = pathMatchers("/actuator/resilient-console/**");
    return http.securityMatcher(
            pathMatchers("/actuator/**", "/login", "/logout", "/default-ui.css"))
        .csrf(
            csrf ->
                csrf.requireCsrfProtectionMatcher(
                    new AndServerWebExchangeMatcher(
                        CsrfWebFilter.DEFAULT_CSRF_MATCHER,
                        new NegatedServerWebExchangeMatcher(page))))
        .authorizeExchange(all -> all.anyExchange().hasRole("MEMBER"))
        .formLogin(Customizer.withDefaults())
        .build();
  }

  @Bean
  @Order(1)
  SecurityWebFilterChain signInRules(ServerHttpSecurity http) {
    return http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/sign-in"))
        .csrf(csrf -> csrf.disable())
        .authorizeExchange(all -> all.anyExchange().authenticated())
        .httpBasic(Customizer.withDefaults())
        .build();
  }

  @Bean
  @Order(2)
  SecurityWebFilterChain chatRules(ServerHttpSecurity http) {
    return http.authorizeExchange(
            all -> all.pathMatchers("/", "/index.html").permitAll().anyExchange().authenticated())
        .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
        .build();
  }
}
