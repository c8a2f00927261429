package io.github.resilientchat.samples.teamchat;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Runs on Tomcat; with {@code --spring.main.web-application-type=reactive} on Netty. The page at
 * {@code localhost:8080} asks as bob or alice, with the password {@code secret}; so does
 *
 * <pre>{@code
 * token=$(curl -s -u bob:secret -X POST localhost:8080/sign-in)
 * curl -i -H "Authorization: Bearer $token" 'localhost:8080/spring-ai/ask?question=Hello'
 * }</pre>
 *
 * Alice's live page is at {@code http://localhost:8080/actuator/resilient-console}.
 */
@SpringBootApplication
public class TeamChatApplication {

  public static void main(String[] args) {
    SpringApplication.run(TeamChatApplication.class, args);
  }
}
