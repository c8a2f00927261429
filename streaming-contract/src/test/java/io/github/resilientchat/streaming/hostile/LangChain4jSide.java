package io.github.resilientchat.streaming.hostile;

import static io.github.resilientchat.streaming.hostile.Point.BREAKER_ADDED;
import static io.github.resilientchat.streaming.hostile.Point.LISTENER_ERROR;
import static io.github.resilientchat.streaming.hostile.Point.LISTENER_REQUEST;
import static io.github.resilientchat.streaming.hostile.Point.LISTENER_RESPONSE;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.service.AiServices;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import io.github.resilientchat.streaming.Shape;
import java.util.List;

/** LangChain4j's models of a world, with an extension at every point that they have. */
final class LangChain4jSide implements Side {

  private final World world;
  private final Hostility hostility;
  private final ResilientChatModel chat;
  private final ResilientStreamingChatModel stream;

  interface Service {
    String ask(String question);
  }

  LangChain4jSide(World world) {
    this.world = world;
    this.hostility = world.hostility;
    this.chat = chat(world.route());
    this.stream = stream(world.route());
  }

  private ResilientChatModel chat(Route route) {
    return ResilientChatModel.builder()
        .engine(world.engine)
        .route(route, target -> new TargetModels.Chat(world.lab.chat(target.account()), hostility))
        .listeners(List.of(new Listener()))
        .callers(world::caller)
        .build();
  }

  private ResilientStreamingChatModel stream(Route route) {
    ResilientStreamingChatModel.Builder builder =
        ResilientStreamingChatModel.builder()
            .engine(world.engine)
            .route(
                route,
                target -> new TargetModels.Stream(world.lab.stream(target.account()), hostility))
            .listeners(List.of(new Listener()))
            .callers(world::caller)
            .context(new Context(hostility));
    Threads.of(hostility).ifPresent(builder::executor);
    return builder.build();
  }

  @Override
  public Victim victim(Shape shape, Heard heard) {
    boolean other = hostility.isAt(BREAKER_ADDED);
    boolean tool = hostility.isAt(Point.LANGCHAIN4J_TOOL);
    if (shape == Shape.CHAT) {
      return new BlockingVictim(
          () -> tool ? service().ask(Targets.VICTIMS) : asked(other),
          () -> text(chat.forCaller(World.WITHIN), "hello"),
          heard);
    }
    ResilientStreamingChatModel again = stream.forCaller(World.WITHIN);
    return tool
        ? new TokenStreamVictim(hostility, stream, again, heard)
        : new HandlerVictim(
            hostility, () -> other ? stream(world.otherRoute()) : stream, again, heard);
  }

  private Service service() {
    return AiServices.builder(Service.class).chatModel(chat).tools(new Look(hostility)).build();
  }

  @Override
  public String bystander() {
    return text(chat.forCaller(World.BYSTANDER), "hello");
  }

  private String asked(boolean other) {
    return text(other ? chat(world.otherRoute()) : chat, Targets.VICTIMS);
  }

  private static String text(ChatModel model, String question) {
    return model.chat(HandlerVictim.request(question)).aiMessage().text();
  }

  private final class Listener implements ChatModelListener {

    @Override
    public void onRequest(ChatModelRequestContext context) {
      hostility.at(LISTENER_REQUEST, () -> {});
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
      hostility.at(LISTENER_RESPONSE, () -> {});
    }

    @Override
    public void onError(ChatModelErrorContext context) {
      hostility.at(LISTENER_ERROR, () -> {});
    }
  }
}
