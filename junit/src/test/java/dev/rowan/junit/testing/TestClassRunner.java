package dev.rowan.junit.testing;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes as a build does, in a launcher session of their own. All test classes share the session, and with
 * it the database server that {@code TestDatabase} starts for a session.
 */
@NullUnmarked // JUnit initializes the field
public final class TestClassRunner implements BeforeAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(TestClassRunner.class);

    private LauncherSession session;

    @Override
    public void beforeAll(ExtensionContext context) {
        session = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(OpenSession.class, key -> new OpenSession(), OpenSession.class)
                .session;
    }

    /** Runs these classes one after the other. */
    public TestRunResult run(Class<?>... classes) {
        return run(false, classes);
    }

    /** Runs these classes, and the tests of each, in parallel. */
    public TestRunResult runInParallel(Class<?>... classes) {
        return run(true, classes);
    }

    private TestRunResult run(boolean parallel, Class<?>... classes) {
        var prefix = "junit.jupiter.execution.parallel.";
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClasses(classes))
                .configurationParameter(prefix + "enabled", String.valueOf(parallel))
                .configurationParameter(prefix + "config.executor-service", "WORKER_THREAD_POOL")
                .configurationParameter(prefix + "mode.default", "concurrent")
                .configurationParameter(prefix + "config.strategy", "fixed")
                .configurationParameter(prefix + "config.fixed.parallelism", "4")
                .build();
        var result = new TestRunResult(new ConcurrentSkipListSet<>(), new ConcurrentSkipListMap<>());
        session.getLauncher().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult execution) {
                var name = test.getDisplayName().replace("()", "");
                execution
                        .getThrowable()
                        .ifPresentOrElse(failure -> result.failures().put(name, failure), () -> {
                            if (test.isTest()) {
                                result.passed().add(name);
                            }
                        });
            }
        });
        return result;
    }

    /** The session, which the root store closes after the last test class. */
    private static final class OpenSession implements AutoCloseable {

        private final LauncherSession session = LauncherFactory.openSession(LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build());

        @Override
        public void close() {
            session.close();
        }
    }
}
