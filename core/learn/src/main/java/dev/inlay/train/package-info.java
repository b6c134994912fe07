/**
 * Training: {@link dev.inlay.train.Trainer} is the loop, {@link dev.inlay.train.Stepper} takes its
 * steps, {@link dev.inlay.train.State} is all that these change, {@link dev.inlay.train.Hook} what
 * else happens. What a training is to do stands in {@link dev.inlay.train.TrainingPlan}.
 */
@NullMarked
package dev.inlay.train;

import org.jspecify.annotations.NullMarked;
