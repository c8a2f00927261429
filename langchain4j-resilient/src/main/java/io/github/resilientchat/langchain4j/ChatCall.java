package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.RouteTable;
import io.github.resilientchat.core.Router;
import io.github.resilientchat.core.Target;
import java.util.function.Function;

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
    return TargetRequest.of(request, target, factsOf.apply(model(target)));
  }
}
