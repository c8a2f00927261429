package io.github.resilientchat.autoconfigure.simulator;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * On the class of a test with an application context: the local Bedrock answers, whatever backend
 * the application's own files say, and every test method finds it and the engine as new. A test
 * takes the bean of type {@link io.github.resilientchat.simulator.BedrockSimulator} to script
 * answers, faults and quotas, and the one of type {@link SimulatedTime} to let time pass.
 *
 * <p>Before each method the simulator is as it was before the first: its log, faults, quotas,
 * answers, models, roles and guardrails. So is the engine: nothing rests, is broken, drained or
 * used up, not even a month's quota; routes, weights and amounts of limits are those that the
 * application started with; what was learnt of sizes, the log of decisions and the days' usage are
 * forgotten. Time that a test let pass stays passed. Contexts are cached as ever. Methods must not
 * run at once that share a context.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Import(SimulatedTime.class)
@TestPropertySource(properties = {"resilient.backend=simulator", "spring.main.cloud-platform=none"})
public @interface AutoConfigureResilientSimulator {}
