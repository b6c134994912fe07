package ${package};

import dev.inlay.Cites;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Tensor;

/**
 * Cross-entropy in which pixels of a high probability p of their class count less (section 3, eq.
 * 4): the mean of -(1 - p)^gamma log p over the pixels that are not ignored.
 */
@Named(value = "${name}", says = "Cross-entropy in which pixels that are right count less.")
@Cites(
    arxiv = "1708.02002",
    title = "Focal Loss for Dense Object Detection",
    authors = "Lin et al.",
    venue = "ICCV 2017")
public final class ${className} implements Objective<${className}.Options> {

  public record Options(
      @Option(value = "the exponent; 0 is the cross-entropy", is = "2", least = 0) double gamma) {}

  @Override
  public Tensor loss(Options options, Tensor output, Tensor labels, int ignore, Scope scope) {
    Tensor logits = Objective.atLabels(output, labels, false);
    Tensor ids = labels.reshape(labels.batch(), 1, labels.dim(1), labels.dim(2));
    Tensor ignored = ids.ignored(ignore);
    Tensor truth = ids.maskedFill(ignored, 0).oneHot(logits.channels()).asFloat();
    Tensor logP = logits.logSoftmax(1).times(truth).sum(1);
    Tensor easy = logP.exp().times(-1).plus(1).atLeast(1e-6);
    Tensor losses = easy.pow(options.gamma()).times(logP).times(-1).maskedFill(ignored, 0);
    Tensor count = ignored.not().asFloat().sum(0, 1, 2, 3).atLeast(1);
    return losses.sum(0, 1, 2, 3).div(count).reshape();
  }
}
