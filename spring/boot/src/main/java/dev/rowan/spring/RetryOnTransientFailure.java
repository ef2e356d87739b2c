package dev.rowan.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.annotation.RegisterReflection;
import org.springframework.core.annotation.AliasFor;
import org.springframework.resilience.annotation.Retryable;

/**
 * Runs a method of a bean again after a {@link dev.rowan.error.TransientFailure}, such as a deadlock: in a new
 * transaction, if the method is {@code @Transactional}. The method may run more than once: everything that it does
 * outside the database must be safe to repeat.
 *
 * <pre>{@code
 * @Transactional
 * @RetryOnTransientFailure
 * public void transfer(long from, long to, BigDecimal amount) { … }
 * }</pre>
 *
 * <p>Within the transaction of a caller nothing is retried, since only the caller can run that again. Nor is a method
 * whose transaction is or may be committed: after a checked exception, a {@link dev.rowan.error.CommitOutcomeUnknown}
 * or an {@link dev.rowan.error.AfterCommitFailure}. What runs after the commit belongs into
 * {@link dev.rowan.Session#afterCommit}: a {@code TransientFailure} from a listener of Spring's own cannot be told from
 * one of the method.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@RegisterReflection(
        classes = TransientFailurePredicate.class,
        memberCategories = MemberCategory.INVOKE_DECLARED_CONSTRUCTORS) // for native images
@Retryable(predicate = TransientFailurePredicate.class, delay = 20, jitter = 20, multiplier = 2, maxDelay = 1000)
public @interface RetryOnTransientFailure {

    /** How often the method is run again at most. */
    @AliasFor(annotation = Retryable.class)
    long maxRetries() default 4;
}
