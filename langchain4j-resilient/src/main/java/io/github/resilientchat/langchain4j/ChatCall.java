package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.adapter.BlockingDriver;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import java.util.function.Supplier;

/** One call: what the engine needs to decide, and what each target is sent. */
record ChatCall<M>(
    KnownRoute<M> route,
    ChatRequest request,
    ChatRequestOptions options,
    ModelCall modelCall,
    CallListeners listeners,
    AttemptWatch watch) {

  Router router() {
    return route.router();
  }

  KnownModel<M> known(Target target) {
    return route.model(target);
  }

  ChatRequest requestFor(KnownModel<M> known) {
    return TargetRequest.of(request, known);
  }

  /** The answer as the caller gets it. */
  ChatResponse answer(BlockingDriver.Answer<ChatResponse> answer) {
    return answer(answer.response(), answer.target(), answer::report);
  }

  /** The answer as the caller gets it. */
  ChatResponse answer(ChatResponse answer, CallReport report) {
    return report
        .servedBy()
        .map(target -> answer(answer, target, () -> report))
        .orElseGet(
            () -> new ResilientChatResponse(answer.aiMessage(), answer.metadata(), () -> report));
  }

  private ChatResponse answer(ChatResponse answer, Target from, Supplier<CallReport> report) {
    return new ResilientChatResponse(
        Authorship.noted(answer.aiMessage(), route.model(from).author()),
        answer.metadata(),
        report);
  }
}
