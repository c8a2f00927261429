package io.github.resilientchat.autoconfigure.guide;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.Part;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Plan;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientChatResponse;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import reactor.core.publisher.Flux;

/** What the pages of concepts show in code. */
final class Concepts {

  String askBatch(ResilientChatModel chat) {
    // snippet: routes
    ChatResponse answer =
        chat.forRoute("batch")
            .chat(ChatRequest.builder().messages(UserMessage.from("Sum up.")).build());
    String served =
        ResilientChatResponse.reportOf(answer)
            .flatMap(report -> report.servedBy())
            .map(target -> target.name() + " in " + target.region())
            .orElse("nobody");
    // end
    return served;
  }

  PlanQuotas quotas() {
    // snippet: quotas
    PlanQuotas quotas =
        PlanQuotas.builder()
            .limits(Limits.parse("60rpm, 100ktpm, 5usd/d"))
            .plans(Plan.named("pro").limits(Limits.parse("300rpm")).groups("llm-pro").build())
            .applicationLimits(Limits.parse("5krpm"))
            .build();
    // end
    return quotas;
  }

  BedrockAccount account() {
    // snippet: accounts
    BedrockAccount second = BedrockAccount.profile("second", "test");
    // end
    return second;
  }

  Flux<String> partsOf(Flux<String> answer) {
    // snippet: streams
    return answer.onErrorResume(
        StreamInterruptedException.class,
        broken -> Flux.just(" [the answer broke off at " + broken.target().name() + "]"));
    // end
  }

  void operations(Engine engine) {
    // snippet: operations
    Operations operations = engine.operations();
    operations.drain(Part.region("us-east-1"));
    operations.weigh("chat", "west", 3);
    operations.routes().forEach(route -> System.out.println(route.name() + route.canAnswer()));
    // end
  }

  // snippet: security
  SecurityFilterChain operators(HttpSecurity http) throws Exception {
    return http.securityMatcher("/actuator/**", "/login", "/default-ui.css")
        .authorizeHttpRequests(all -> all.anyRequest().hasRole("RESILIENT_OPERATOR"))
        .csrf(csrf -> csrf.ignoringRequestMatchers("/actuator/resilient-console/**"))
        .formLogin(Customizer.withDefaults())
        .build();
  }

  // end
}
