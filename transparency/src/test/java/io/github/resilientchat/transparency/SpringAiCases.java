package io.github.resilientchat.transparency;

import io.github.resilientchat.transparency.SpringAiLab.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** Makes features of prompts to Spring AI's models. */
record SpringAiCases(SpringAiLab lab) {

  private static final long AT_MOST_MS = 20_000;

  Feature of(String name, Feature.Script script, Message... messages) {
    return asking(name, Settings.NONE, script, heard -> new Prompt(List.of(messages)));
  }

  Feature with(String name, Feature.Script script, @Nullable ChatOptions options) {
    return with(name, Settings.NONE, script, heard -> options);
  }

  Feature with(
      String name,
      Settings settings,
      Feature.Script script,
      Function<Transcript, @Nullable ChatOptions> options) {
    return asking(
        name,
        settings,
        script,
        heard -> new Prompt(List.of(new UserMessage("Hi")), options.apply(heard)));
  }

  Feature asking(
      String name, Settings settings, Feature.Script script, Function<Transcript, Prompt> prompt) {
    return new Feature("SAI " + name, script, settings == Settings.NONE, LangChain4jCases.SOON)
        .call((way, heard) -> call(lab.model(way, settings), prompt.apply(heard), heard)).stream(
            (way, heard) -> stream(lab.model(way, settings), prompt.apply(heard), heard));
  }

  /** What becomes of what the service says. */
  Feature told(String name, Reply reply) {
    return broken(name, reply)
        .call((way, heard) -> call(lab.model(way, Settings.NONE), new Prompt("Hi"), heard));
  }

  /** The same where a stream may tell nothing of it. */
  Feature toldOrNot(String name, Reply reply) {
    return new Feature("SAI " + name, any -> reply, true, ServiceFeatures.REST)
        .call((way, heard) -> call(lab.model(way, Settings.NONE), new Prompt("Hi"), heard)).stream(
            (way, heard) -> {
              CountDownLatch end = new CountDownLatch(1);
              Flux<ChatResponse> answer = lab.model(way, Settings.NONE).stream(new Prompt("Hi"));
              listen(answer, part -> note(part, heard), heard, end);
              lab.backend().bedrock.awaitAnswered();
              noteEnd(Turns.until(end::await, NotingHandler.SILENT_MS), heard);
            });
  }

  /** What becomes of a stream that goes wrong in its middle. */
  Feature broken(String name, Reply reply) {
    return new Feature("SAI " + name, any -> reply, reply.isForStarters(), ServiceFeatures.REST)
        .stream(
            (way, heard) -> {
              Runnable passed = lab.backend().bedrock.breakAfter(reply.pieces());
              Consumer<ChatResponse> note =
                  part -> {
                    note(part, heard);
                    if (saysSomething(part)) {
                      passed.run();
                    }
                  };
              stream(lab.model(way, Settings.NONE), new Prompt("Hi"), note, heard);
            });
  }

  private static boolean saysSomething(ChatResponse part) {
    return part.getResults().stream()
        .map(generation -> generation.getOutput().getText())
        .anyMatch(text -> text != null && !text.isEmpty());
  }

  /** What an application does with a client. */
  Feature client(String name, Settings settings, Feature.Script script, Client application) {
    return new Feature(
            "SAI client: " + name, script, settings == Settings.NONE, LangChain4jCases.SOON)
        .call((way, heard) -> used(way, settings, heard, application, false)).stream(
            (way, heard) -> used(way, settings, heard, application, true));
  }

  /** What an application does with a client, streaming or not. */
  interface Client {
    void use(ChatClient client, Transcript heard, boolean streaming) throws Exception;
  }

  private void used(
      Way way, Settings settings, Transcript heard, Client application, boolean streaming) {
    try {
      application.use(ChatClient.create(lab.model(way, settings)), heard, streaming);
    } catch (Throwable error) {
      heard.error("thrown", error);
    }
  }

  static void call(ChatModel model, Prompt prompt, Transcript heard) {
    try {
      note(model.call(prompt), heard);
    } catch (Throwable error) {
      heard.error("thrown", error);
    }
  }

  static void stream(ChatModel model, Prompt prompt, Transcript heard) throws InterruptedException {
    stream(model, prompt, part -> note(part, heard), heard);
  }

  private static void stream(
      ChatModel model, Prompt prompt, Consumer<ChatResponse> note, Transcript heard)
      throws InterruptedException {
    Flux<ChatResponse> answer;
    try {
      answer = model.stream(prompt);
    } catch (Throwable error) {
      heard.error("thrown", error);
      return;
    }
    await(answer, note, heard);
  }

  static <T> void await(Flux<T> answer, Consumer<T> note, Transcript heard)
      throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    listen(answer, note, heard, end);
    noteEnd(end.await(AT_MOST_MS, TimeUnit.MILLISECONDS), heard);
  }

  private static <T> void listen(
      Flux<T> answer, Consumer<T> note, Transcript heard, CountDownLatch end) {
    answer.subscribe(
        note,
        error -> {
          heard.error("told error", error);
          end.countDown();
        },
        () -> {
          heard.add("told", "complete");
          end.countDown();
        });
  }

  private static void noteEnd(boolean told, Transcript heard) {
    if (!told) {
      heard.add("told nothing", "more");
    }
  }

  static void note(ChatResponse answer, Transcript heard) {
    heard.add("answer of generations", answer.getResults().size());
    answer.getResults().forEach(generation -> note(generation, heard));
    ChatResponseMetadata said = answer.getMetadata();
    heard.add("answer id", said.getId());
    heard.add("answer model", said.getModel());
    heard.add("answer limit", said.getRateLimit().getClass().getName());
    Usage usage = said.getUsage();
    heard.add(
        "answer usage",
        usage.getPromptTokens()
            + ", "
            + usage.getCompletionTokens()
            + ", "
            + usage.getTotalTokens());
    heard.add("answer usage of provider", usage.getNativeUsage());
    said.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> heard.add("answer metadata " + entry.getKey(), entry.getValue()));
  }

  private static void note(Generation generation, Transcript heard) {
    AssistantMessage message = generation.getOutput();
    heard.add("answer text", message.getText());
    message.getToolCalls().forEach(call -> heard.add("answer tool", call));
    heard.add("answer media", message.getMedia());
    heard.add("answer message", message.getClass().getName());
    message.getMetadata().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> heard.add("answer note " + entry.getKey(), entry.getValue()));
    heard.add("answer finish", generation.getMetadata().getFinishReason());
    heard.add("answer filters", generation.getMetadata().getContentFilters());
    generation.getMetadata().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> heard.add("answer metadata " + entry.getKey(), entry.getValue()));
  }
}
