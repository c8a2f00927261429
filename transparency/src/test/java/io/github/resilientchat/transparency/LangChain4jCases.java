package io.github.resilientchat.transparency;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.resilientchat.transparency.LangChain4jLab.Settings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Makes features of requests to LangChain4j's models. */
record LangChain4jCases(LangChain4jLab lab) {

  static final Duration SOON = Duration.ZERO;

  Feature of(String name, Reply reply, ChatMessage... messages) {
    return of(
        name, reply, messages.length == 0 ? List.of(UserMessage.from("Hi")) : List.of(messages));
  }

  Feature of(String name, Reply reply, List<ChatMessage> messages) {
    return request(name, reply, ChatRequest.builder().messages(messages).build());
  }

  Feature request(String name, Reply reply, ChatRequest request) {
    return requesting(name, Settings.NONE, reply, way -> request);
  }

  Feature with(String name, ChatRequestParameters parameters) {
    return with(name, Reply.text("ok"), parameters);
  }

  Feature with(String name, Reply reply, ChatRequestParameters parameters) {
    return with(name, Settings.NONE, reply, parameters);
  }

  Feature with(String name, Settings settings, Reply reply, ChatRequestParameters parameters) {
    ChatRequest request = LangChain4jFeatures.request().parameters(parameters).build();
    return requesting(name, settings, reply, way -> request);
  }

  /** Parameters that only our models know, and what says the same to a plain one. */
  Feature withOurs(
      String name, Reply reply, ChatRequestParameters plain, ChatRequestParameters ours) {
    return requesting(
        name,
        Settings.NONE,
        reply,
        way -> LangChain4jFeatures.request().parameters(way == Way.PLAIN ? plain : ours).build());
  }

  private Feature requesting(
      String name, Settings settings, Reply reply, Function<Way, ChatRequest> request) {
    return new Feature("L4j " + name, any -> reply, settings == Settings.NONE, SOON)
            .call((way, heard) -> call(lab.chat(way, settings, heard), request.apply(way), heard))
            .stream(
                (way, heard) -> {
                  StreamingChatModel model = lab.stream(way, settings, heard);
                  stream(model, request.apply(way), heard, new NotingHandler(heard));
                });
  }

  /** What becomes of what the service says. */
  Feature told(String name, Reply reply) {
    ChatRequest request = LangChain4jFeatures.request().build();
    return new Feature("L4j " + name, any -> reply, reply.isForStarters(), ServiceFeatures.REST)
        .call((way, heard) -> call(lab.chat(way, Settings.NONE, heard), request, heard)).stream(
            (way, heard) ->
                stream(
                    lab.stream(way, Settings.NONE, heard),
                    request,
                    heard,
                    new NotingHandler(heard)));
  }

  /** The same where a stream may tell nothing of it. */
  Feature toldOrNot(String name, Reply reply) {
    ChatRequest request = LangChain4jFeatures.request().build();
    return broken(name, reply)
        .call((way, heard) -> call(lab.chat(way, Settings.NONE, heard), request, heard));
  }

  /** What becomes of a stream that goes wrong in its middle. */
  Feature broken(String name, Reply reply) {
    return new Feature("L4j " + name, any -> reply, true, ServiceFeatures.REST)
        .stream(
            (way, heard) -> {
              NotingHandler handler = new NotingHandler(heard);
              lab.stream(way, Settings.NONE, heard)
                  .chat(LangChain4jFeatures.request().build(), handler);
              handler.awaitEndOrSilence(lab.backend().bedrock);
            });
  }

  /** A handler that throws. */
  Feature handled(String name, Function<Transcript, NotingHandler> handler) {
    return new Feature("L4j " + name, any -> Reply.text("one ", "two"), true, SOON)
        .stream(
            (way, heard) -> {
              NotingHandler noting = handler.apply(heard);
              lab.stream(way, Settings.NONE, heard)
                  .chat(LangChain4jFeatures.request().build(), noting);
              noting.awaitAnswer();
            });
  }

  private static void call(ChatModel model, ChatRequest request, Transcript heard) {
    try {
      NotingHandler.note(model.chat(request), heard);
    } catch (Throwable error) {
      heard.error("thrown", error);
    }
  }

  private static void stream(
      StreamingChatModel model, ChatRequest request, Transcript heard, NotingHandler handler)
      throws InterruptedException {
    try {
      model.chat(request, handler);
    } catch (Throwable error) {
      heard.error("thrown", error);
      return;
    }
    handler.await();
  }
}
