package io.github.resilientchat.streaming.hostile;

import dev.langchain4j.agent.tool.Tool;

/** A tool of LangChain4j. */
public final class Look {

  private final Hostility hostility;

  Look(Hostility hostility) {
    this.hostility = hostility;
  }

  @Tool("looks")
  public String look() {
    return hostility.at(Point.LANGCHAIN4J_TOOL, () -> "seen");
  }
}
