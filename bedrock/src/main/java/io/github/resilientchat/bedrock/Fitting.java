package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.failure.AttemptFailedException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.OutputConfig;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;

/**
 * One request that is made to fit a target: each part is handed on only if it changes. What cannot
 * be left out fails before anything is sent.
 */
final class Fitting {

  private final Set<Capability> lacks;
  private final Set<Capability> leftOut = EnumSet.noneOf(Capability.class);

  Fitting(Set<Capability> lacks) {
    this.lacks = lacks;
  }

  /** Whether the request holds this and the target cannot be sent it. */
  boolean leavesOut(Capability what, boolean held) {
    boolean leaves = held && lacks.contains(what);
    if (leaves) {
      leftOut.add(what);
    }
    return leaves;
  }

  private void require(Capability what, boolean held) {
    if (held && lacks.contains(what)) {
      throw AttemptFailedException.unsupported(what);
    }
  }

  Fitting guardrail(boolean asked) {
    require(Capability.GUARDRAIL, asked);
    return this;
  }

  Fitting system(List<SystemContentBlock> blocks, Consumer<List<SystemContentBlock>> changed) {
    require(Capability.SYSTEM_PROMPTS, !blocks.isEmpty());
    if (leavesOut(
        Capability.CACHE_POINTS, blocks.stream().anyMatch(block -> block.cachePoint() != null))) {
      changed.accept(blocks.stream().filter(block -> block.cachePoint() == null).toList());
    }
    return this;
  }

  Fitting messages(List<Message> messages, Consumer<List<Message>> changed) {
    if (leavesOut(Capability.CACHE_POINTS, messages.stream().anyMatch(Fitting::isMarked))) {
      changed.accept(messages.stream().map(Fitting::unmarked).toList());
    }
    return this;
  }

  private static boolean isMarked(Message message) {
    return message.content().stream().anyMatch(block -> block.cachePoint() != null);
  }

  private static Message unmarked(Message message) {
    List<ContentBlock> left =
        message.content().stream().filter(block -> block.cachePoint() == null).toList();
    return isMarked(message) ? message.toBuilder().content(left).build() : message;
  }

  Fitting tools(@Nullable ToolConfiguration config, Consumer<ToolConfiguration> changed) {
    if (config == null) {
      return this;
    }
    if (leavesOut(
        Capability.CACHE_POINTS,
        config.tools().stream().anyMatch(tool -> tool.cachePoint() != null))) {
      List<Tool> left = config.tools().stream().filter(tool -> tool.cachePoint() == null).toList();
      changed.accept(config.toBuilder().tools(left).build());
    }
    return this;
  }

  Fitting fields(@Nullable Document fields, Consumer<@Nullable Document> changed) {
    if (fields == null || !fields.isMap()) {
      return this;
    }
    Map<String, Document> all = fields.asMap();
    if (leavesOut(Capability.REASONING, ReasoningFields.areIn(all))) {
      Map<String, Document> left = ReasoningFields.leftOut(all);
      changed.accept(left.isEmpty() ? null : Document.fromMap(left));
    } else if (leavesOut(Capability.REASONING_BUDGET, ReasoningFields.haveBudget(all))) {
      changed.accept(Document.fromMap(ReasoningFields.adaptive(all)));
    }
    return this;
  }

  Fitting output(@Nullable OutputConfig config, Consumer<@Nullable OutputConfig> changed) {
    if (config != null && leavesOut(Capability.REASONING, config.effort() != null)) {
      changed.accept(config.textFormat() == null ? null : config.toBuilder().effort(null).build());
    }
    return this;
  }

  /** What was left out, for the call's report. */
  void tell() {
    for (Capability what : leftOut) {
      String words = what.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      Exchange.current().ifPresent(exchange -> exchange.note(words + " left out"));
    }
  }

  static Map<String, String> merged(
      Map<String, String> target, boolean says, Map<String, String> request) {
    Map<String, String> all = new LinkedHashMap<>(target);
    if (says) {
      all.putAll(request);
    }
    return all;
  }
}
