package io.github.resilientchat.samples.fivepatterns;

/** The two frameworks, by the name of the bean that asks through them. */
enum Framework {
  LANGCHAIN4J("LangChain4j"),
  SPRING_AI("Spring AI");

  private final String title;

  Framework(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
