package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.adapter.Author;
import io.github.resilientchat.core.adapter.RouteTable;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call: what the engine needs to decide, and what each target is sent. */
record ChatCall<M>(
    RouteTable.Entry<M> route,
    Function<M, ModelFacts> factsOf,
    ChatRequest request,
    ChatRequestOptions options,
    ModelCall modelCall,
    CallListeners listeners) {

  Router router() {
    return route.router();
  }

  M model(Target target) {
    return route.model(target);
  }

  ChatRequest requestFor(Target target) {
    return TargetRequest.of(
        request, factsOf.apply(model(target)), modelIdOf(target), authorOf(target));
  }

  /** The answer as the caller gets it. */
  ChatResponse answer(ChatResponse answer, CallReport report) {
    return report
        .servedBy()
        .map(target -> Authorship.noted(answer.aiMessage(), authorOf(target)))
        .map(message -> new ResilientChatResponse(message, answer.metadata(), report))
        .orElseGet(() -> new ResilientChatResponse(answer, report));
  }

  /** Whose reasoning the target writes and can read. */
  private String authorOf(Target target) {
    return Author.at(target, factsOf.apply(model(target)).defaults().modelName());
  }

  /** A target that is known by its name alone has the model that its delegate names. */
  private String modelIdOf(Target target) {
    @Nullable String own = factsOf.apply(model(target)).defaults().modelName();
    return own != null && target.model().equals(target.name()) ? own : target.model();
  }
}
