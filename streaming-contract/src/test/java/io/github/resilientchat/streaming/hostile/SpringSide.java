package io.github.resilientchat.streaming.hostile;

import static io.github.resilientchat.streaming.hostile.Point.BREAKER_ADDED;

import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.springai.ResilientChatModel;
import io.github.resilientchat.streaming.Shape;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/** Spring AI's model of a world, with an extension at every point that it has. */
final class SpringSide implements Side {

  private final World world;
  private final Hostility hostility;
  private final Observed observed;
  private final ResilientChatModel model;

  SpringSide(World world) {
    this.world = world;
    this.hostility = world.hostility;
    this.observed = new Observed(hostility);
    this.model = model(world.route());
  }

  private ResilientChatModel model(Route route) {
    ObservationRegistry observations = ObservationRegistry.create();
    observations.observationConfig().observationHandler(observed);
    ResilientChatModel.Builder builder =
        ResilientChatModel.builder()
            .engine(world.engine)
            .route(
                route,
                target -> new SpringTargetModel(world.lab.springAi(target.account()), hostility))
            .callers(world::caller)
            .toolCallingManager(new Tools.Manager(hostility))
            .observationRegistry(observations);
    Threads.of(hostility).ifPresent(builder::executor);
    return builder.build();
  }

  @Override
  public Victim victim(Shape shape, Heard heard) {
    Prompt prompt = prompt();
    boolean other = hostility.isAt(BREAKER_ADDED);
    ResilientChatModel again = model.forCaller(World.WITHIN);
    return shape == Shape.CALL
        ? new BlockingVictim(
            () -> text(other ? model(world.otherRoute()) : model, prompt),
            () -> text(again, new Prompt("hello")),
            heard)
        : new FluxVictim(
            hostility, () -> other ? model(world.otherRoute()) : model, again, prompt, heard);
  }

  private Prompt prompt() {
    boolean tool = hostility.isAt(Point.SPRING_TOOL) || hostility.isAt(Point.TOOL_MANAGER);
    return tool
        ? new Prompt(
            Targets.VICTIMS,
            ToolCallingChatOptions.builder().toolCallbacks(new Tools.Look(hostility)).build())
        : new Prompt(Targets.VICTIMS);
  }

  @Override
  public String bystander() {
    return text(model.forCaller(World.BYSTANDER), new Prompt("hello"));
  }

  @Override
  public boolean observed() throws InterruptedException {
    return observed.awaitEnds();
  }

  private static String text(ChatModel model, Prompt prompt) {
    return model.call(prompt).getResult().getOutput().getText();
  }
}
