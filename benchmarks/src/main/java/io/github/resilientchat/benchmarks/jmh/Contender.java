package io.github.resilientchat.benchmarks.jmh;

/** What is measured: a benchmark on so many threads, over so many targets where it has a choice. */
enum Contender {
  BARE("BareCalls.langChain4j", 1, "bare LangChain4j chat()"),
  RESILIENCE4J("Resilience4jCalls.chain", 1, "Resilience4j breaker + bulkhead + retry + fallback"),
  INLINED("InlinedCalls.call", 1, "hand-inlined router"),
  INLINED_ALONE("InlinedCalls.alone", 1, "hand-inlined router, no framework's call in it"),
  ENGINE("EngineCalls.limited", 1, 8, "engine alone"),
  ENGINE_MANY("EngineCalls.limited", 1, 1_000, "engine alone, 1,000 targets"),
  ENGINE_OPEN("EngineCalls.open", 1, "engine alone, no limits, quota or breakers"),
  ENGINE_SLOW("SlowTargets.limited", 1, "engine alone, targets of 300 to 800 ms"),
  ENGINE_SLOW_OPEN("SlowTargets.open", 1, "engine alone, the same, no limits or quota"),
  REFUSED("EngineCalls.refused", 1, "a quota refuses"),
  THREE_SCOPES("QuotaCalls.threeScopes", 1, "quotas alone, three scopes taken and settled"),
  DECIDED("QuotaCalls.refused", 1, "quotas alone, a refusal without its exception"),
  DECORATED("DecoratedCalls.langChain4j", 1, 8, "decorated LangChain4j chat()"),
  DECORATED_MANY("DecoratedCalls.langChain4j", 1, 1_000, "decorated LangChain4j, 1,000 targets"),
  DECORATED_UNLIMITED(
      "DecoratedCalls.langChain4jUnlimited", 1, "decorated LangChain4j, no limits or quota"),
  BARE_SPRING_AI("BareCalls.springAi", 1, "bare Spring AI call()"),
  DECORATED_SPRING_AI("DecoratedCalls.springAi", 1, "decorated Spring AI call()"),
  BARE_TWICE("BareCalls.langChain4j", 2, "bare LangChain4j chat()"),
  OWN_TWICE("EngineCalls.own", 2, "two independent loops, an engine each"),
  ENGINE_TWICE("EngineCalls.limited", 2, 8, "engine alone"),
  INLINED_TWICE("InlinedCalls.alone", 2, "hand-inlined router, no framework's call in it"),
  OPEN_TWICE("EngineCalls.open", 2, "engine alone, no limits, quota or breakers");

  private static final int NO_CHOICE = 0;

  private final String benchmark;
  private final int threads;
  private final int targets;
  private final String label;

  Contender(String benchmark, int threads, String label) {
    this(benchmark, threads, NO_CHOICE, label);
  }

  Contender(String benchmark, int threads, int targets, String label) {
    this.benchmark = benchmark;
    this.threads = threads;
    this.targets = targets;
    this.label = label;
  }

  /** A regular expression that includes this benchmark and no other. */
  String include() {
    return "\\." + benchmark.replace(".", "\\.") + "$";
  }

  int threads() {
    return threads;
  }

  boolean hasChoice() {
    return targets != NO_CHOICE;
  }

  int targets() {
    return targets;
  }

  String label() {
    return label;
  }
}
