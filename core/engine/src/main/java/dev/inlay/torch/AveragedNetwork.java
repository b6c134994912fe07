package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import dev.inlay.graph.Parameter;
import java.util.List;

/**
 * A network whose weights are the exponential moving average of those of a network in training. Its
 * buffers, such as running means, are copies.
 */
public final class AveragedNetwork implements AutoCloseable {

  private final Network average;
  private final TensorLists lists;
  private final List<NDArray> averagedWeights;
  private final List<NDArray> weights;
  private final List<NDArray> copies;
  private final List<NDArray> buffers;

  /** An average that begins with the network's values. */
  public AveragedNetwork(Network trained) {
    average = trained.alike();
    lists = new TensorLists(average.manager());
    averagedWeights = values(average, true);
    weights = values(trained, true);
    copies = values(average, false);
    buffers = values(trained, false);
    lists.copy(averagedWeights, weights);
    lists.copy(copies, buffers);
  }

  private static List<NDArray> values(Network network, boolean learned) {
    return network
        .parameters()
        .get(
            network.assembly().graph().parameters().values().stream()
                .filter(parameter -> parameter.isTrained() == learned)
                .map(Parameter::name)
                .toList());
  }

  /**
   * Takes the network's present values into the average: {@code average = decay average + (1 -
   * decay) weight}.
   *
   * @param decay from 0, which copies the weights, to 1
   */
  public void follow(double decay) {
    EngineCalls.during(
        () -> {
          lists.approach(averagedWeights, weights, 1 - decay);
          lists.copy(copies, buffers);
        });
  }

  /** The network with the averaged weights. */
  public Network network() {
    return average;
  }

  @Override
  public void close() {
    lists.close();
    average.close();
  }
}
