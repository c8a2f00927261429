package io.github.resilientchat.samples.teamchat;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** On Tomcat: a name and a password to sign in with, a token for the chat, a form for operators. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
class ServletSecurity {

  @Bean
  InMemoryUserDetailsManager members() {
    return new InMemoryUserDetailsManager(Members.accounts());
  }

  @Bean
  JwtDecoder decoder(Tokens tokens) {
    return NimbusJwtDecoder.withPublicKey(tokens.publicKey()).build();
  }

  /** The actuator and the live page: people sign in with a form, and the page proves itself. */
  @Bean
  @Order(0)
  SecurityFilterChain operatorRules(HttpSecurity http) throws Exception {
    return http.securityMatcher("/actuator/**", "/login", "/logout", "/default-ui.css")
        .csrf(csrf -> csrf.ignoringRequestMatchers("/actuator/resilient-console/**"))
        .authorizeHttpRequests(all -> all.anyRequest().hasRole("MEMBER"))
        .formLogin(Customizer.withDefaults())
        .build();
  }

  @Bean
  @Order(1)
  SecurityFilterChain signInRules(HttpSecurity http) throws Exception {
    return http.securityMatcher("/sign-in")
        .csrf(csrf -> csrf.disable())
        .authorizeHttpRequests(all -> all.anyRequest().authenticated())
        .httpBasic(Customizer.withDefaults())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain chatRules(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(
            all -> all.requestMatchers("/", "/index.html").permitAll().anyRequest().authenticated())
        .requestCache(cache -> cache.disable())
        .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
        .build();
  }
}
