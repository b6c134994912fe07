package dev.inlay.cli.train;

import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.Workbench;
import picocli.CommandLine.Command;

/** {@code inlay config recipes}: the recipes of {@code inlay train}. */
@Command(
    name = "recipes",
    description =
        "Lists the recipes: named sets of defaults, which files and options override. inlay config"
            + " show --recipe NAME prints what one sets.",
    footer = {"", "Examples:", "  inlay config recipes"})
public final class ConfigRecipesCommand implements Runnable {

  private final Workbench bench;

  public ConfigRecipesCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Table table = new Table();
    Recipes.NAMES.forEach(name -> table.row(name, Recipes.says(name)));
    bench.out().print(table.text(""));
  }
}
