package io.github.resilientchat.transparency;

import static io.github.resilientchat.transparency.Reply.text;
import static io.github.resilientchat.transparency.Reply.tool;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.guardrail.InputGuardrail;
import dev.langchain4j.guardrail.InputGuardrailResult;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailResult;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.moderation.Moderation;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Moderate;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;
import io.github.resilientchat.transparency.LangChain4jLab.Settings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What applications do with AI services of LangChain4j. */
record ServiceCases(LangChain4jLab lab) {

  private static final long AT_MOST_MS = 20_000;
  private static final Settings SCHEMA =
      new Settings(
          ChatRequestParameters.builder().build(),
          false,
          Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA));

  record City(String name, int people) {}

  interface Assistant {
    @SystemMessage("Be brief")
    Result<String> ask(String words);

    City city(String words);

    TokenStream stream(String words);
  }

  interface Moderated {
    @Moderate
    String ask(String words);
  }

  /** Notes what it is called with. */
  record Bank(Transcript heard) {
    @Tool("Pays an amount")
    String pay(@P("how much") int amount) {
      heard.add("tool pay", amount);
      if (amount > 100) {
        throw new IllegalStateException("no money");
      }
      return "paid " + amount;
    }
  }

  /** What an application does with a service. */
  interface Use {
    void of(AiServices<Assistant> service, Transcript heard) throws Exception;
  }

  void addTo(List<Feature> all) {
    all.add(calling("words", Settings.NONE, any -> text("Hello ", "you"), ServiceCases::ask));
    all.add(calling("tools", Settings.NONE, paying("{\"amount\":42}"), ServiceCases::pay));
    all.add(
        calling(
            "a tool that throws", Settings.NONE, paying("{\"amount\":420}"), ServiceCases::pay));
    all.add(
        calling(
            "a tool that nobody has",
            Settings.NONE,
            any -> tool("t1", "other", "{}"),
            ServiceCases::pay));
    Feature.Script rome = any -> text("{\"name\":", "\"Rome\",\"people\":3}");
    Use city = (service, heard) -> heard.add("answer city", service.build().city("A city?"));
    all.add(calling("entity by words", Settings.NONE, rome, city));
    all.add(calling("entity by schema", SCHEMA, rome, city));
    all.add(calling("memory", Settings.NONE, any -> text("ok"), ServiceCases::remember));
    all.add(calling("guardrails", Settings.NONE, any -> text("no"), ServiceCases::guarded));
    all.add(moderation());
    all.add(streaming("words, streamed", any -> text("Hello ", "you"), false));
    all.add(streaming("tools, streamed", paying("{\"amount\":42}"), true));
    all.add(streaming("a tool that throws, streamed", paying("{\"amount\":420}"), true));
    all.add(
        streaming(
            "an error, streamed", any -> Reply.error(400, "ValidationException", "no"), false));
  }

  private static Feature.Script paying(String arguments) {
    return request ->
        request.body().contains("toolResult")
            ? text("Paid ", "it").used(20, 5, 7, 3)
            : text("See. ").andTool("t1", "pay", arguments).used(10, 4, 0, 0);
  }

  private Feature calling(String name, Settings settings, Feature.Script script, Use use) {
    return new Feature(
            "L4j service: " + name, script, settings == Settings.NONE, LangChain4jCases.SOON)
        .call(
            (way, heard) -> {
              AiServices<Assistant> service =
                  AiServices.builder(Assistant.class).chatModel(lab.chat(way, settings, heard));
              try {
                use.of(service, heard);
              } catch (Throwable error) {
                heard.error("thrown", error);
              }
            });
  }

  private static void ask(AiServices<Assistant> service, Transcript heard) {
    Result<String> result = service.build().ask("Hi");
    heard.add("answer content", result.content());
    heard.add("answer usage", result.tokenUsage());
    heard.add("answer finish", result.finishReason());
    result
        .toolExecutions()
        .forEach(ran -> heard.add("answer ran", ran.request() + " " + ran.result()));
  }

  private static void pay(AiServices<Assistant> service, Transcript heard) {
    ask(service.tools(new Bank(heard)), heard);
  }

  private static void remember(AiServices<Assistant> service, Transcript heard) {
    MessageWindowChatMemory memory = MessageWindowChatMemory.withMaxMessages(10);
    Assistant assistant = service.chatMemory(memory).build();
    assistant.ask("Hi");
    assistant.ask("Again");
    memory.messages().forEach(message -> heard.add("memory", message));
  }

  private static void guarded(AiServices<Assistant> service, Transcript heard) {
    Assistant assistant =
        service
            .inputGuardrails(
                new InputGuardrail() {
                  @Override
                  public InputGuardrailResult validate(UserMessage message) {
                    heard.add("guardrail in", message.singleText());
                    return successWith("[checked] " + message.singleText());
                  }
                })
            .outputGuardrails(
                new OutputGuardrail() {
                  @Override
                  public OutputGuardrailResult validate(AiMessage message) {
                    heard.add("guardrail out", message.text());
                    return reprompt("too short", "Say more");
                  }
                })
            .build();
    assistant.ask("Hi");
  }

  private Feature moderation() {
    ModerationModel strict =
        new ModerationModel() {
          @Override
          public Response<Moderation> moderate(String text) {
            return Response.from(Moderation.flagged(text));
          }

          @Override
          public Response<Moderation> moderate(List<ChatMessage> messages) {
            return Response.from(Moderation.flagged("something"));
          }
        };
    return new Feature("L4j service: moderation", any -> text("ok"), true, LangChain4jCases.SOON)
        .call(
            (way, heard) -> {
              try {
                AiServices.builder(Moderated.class)
                    .chatModel(lab.chat(way, Settings.NONE, heard))
                    .moderationModel(strict)
                    .build()
                    .ask("Hi");
              } catch (Throwable error) {
                heard.error("thrown", error);
              }
            });
  }

  private Feature streaming(String name, Feature.Script script, boolean tools) {
    return new Feature("L4j service: " + name, script, true, LangChain4jCases.SOON)
        .stream(
            (way, heard) -> {
              AiServices<Assistant> service =
                  AiServices.builder(Assistant.class)
                      .streamingChatModel(lab.stream(way, Settings.NONE, heard));
              stream(tools ? service.tools(new Bank(heard)) : service, heard);
            });
  }

  private static void stream(AiServices<Assistant> service, Transcript heard)
      throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    service.build().stream("Hi")
        .onPartialResponse(part -> heard.add("told text", part))
        .beforeToolExecution(before -> heard.add("told before tool", before.request()))
        .onToolExecuted(ran -> heard.add("told ran", ran.request() + " " + ran.result()))
        .onIntermediateResponse(answer -> NotingHandler.note(answer, heard))
        .onCompleteResponse(
            answer -> {
              heard.add("told", "complete");
              NotingHandler.note(answer, heard);
              end.countDown();
            })
        .onError(
            error -> {
              heard.error("told error", error);
              end.countDown();
            })
        .start();
    if (!end.await(AT_MOST_MS, TimeUnit.MILLISECONDS)) {
      heard.add("told nothing", "more");
    }
  }
}
