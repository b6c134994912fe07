// Keeps the files of the kind and the language that were asked for, at their places, and drops the rest.
// inlay new plugin does the same; PluginProject says it in Java.

import java.nio.file.Files
import java.nio.file.Path

Path root = Path.of(request.outputDirectory, request.artifactId)
String kind = request.properties['kind']
String language = request.properties['language']
String inPackage = request.properties['package'].replace('.', '/')

def move = { Path from, String to ->
  Path place = root.resolve(to)
  Files.createDirectories(place.parent)
  Files.move(from, place, java.nio.file.StandardCopyOption.REPLACE_EXISTING)
}

Path chosen = root.resolve("kinds/${kind}")
chosen.resolve(language).toFile().listFiles().each { file ->
  String part = file.name.contains('Test.') ? 'test' : 'main'
  move(file.toPath(), "src/${part}/${language}/${inPackage}/${file.name}")
}
chosen.toFile().listFiles().findAll { it.name.endsWith('.yaml') }.each { file ->
  move(file.toPath(), "src/main/resources/${inPackage}/${file.name}")
}
if (language == 'kotlin') {
  move(root.resolve('kotlin/pom.xml'), 'pom.xml')
}
move(root.resolve('gitignore'), '.gitignore')
['kinds', 'kotlin'].each { root.resolve(it).toFile().deleteDir() }
