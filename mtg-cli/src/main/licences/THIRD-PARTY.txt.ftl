<#--
  META-INF/THIRD-PARTY.txt of mtg-cli.jar, for license-maven-plugin. Libraries, versions and licences come from POMs; pages do not,
  as modules inherit wrong ones. A library of a group, or under a licence, that is not here stops the build: read its licence,
  commit beside the others the texts that it wants passed on, and add it. LicencesIT compares all this with the jar.
-->
<#assign licences = {
  "Eclipse Public License - v 1.0": "EPL-1.0",
  "GNU Lesser General Public License": "LGPL-2.1-only",
  "MIT": "MIT",
  "BSD-2-Clause": "BSD-2-Clause",
  "BSD-3-Clause": "BSD-3-Clause",
  "MIT-0": "MIT-0",
  "Public Domain, per Creative Commons CC0": "CC0-1.0",
  "The Apache Software License, Version 2.0": "Apache-2.0",
  "The Apache Software License, version 2.0": "Apache-2.0"
}>
<#assign projects = {
  "ch.qos.logback": {"page": "https://logback.qos.ch/", "texts": "licenses/EPL-1.0.txt licenses/ch.qos.logback/LICENSE.txt"},
  "com.google.zxing": {"page": "https://github.com/zxing/zxing", "texts": "LICENSE licenses/com.google.zxing/NOTICE.txt"},
  "info.picocli": {"page": "https://picocli.info/", "texts": "LICENSE"},
  "io.micrometer": {"page": "https://micrometer.io/", "texts": "LICENSE licenses/io.micrometer/NOTICE.txt"},
  "io.prometheus": {"page": "https://prometheus.github.io/client_java/", "texts": "LICENSE licenses/io.prometheus/NOTICE.txt"},
  "org.hdrhistogram": {"page": "https://hdrhistogram.github.io/HdrHistogram/", "texts": "licenses/org.hdrhistogram/LICENSE.txt"},
  "org.slf4j": {"page": "https://www.slf4j.org/", "texts": "licenses/org.slf4j/LICENSE.txt"}
}>
<#-- What libraries hold of others under other names: no POM says so. Look again when there is another version of the library. -->
<#assign apache = "The Apache Software License, Version 2.0">
<#assign statsd = "io.micrometer:micrometer-registry-statsd:1.17.2">
<#assign exposition = "io.prometheus:prometheus-metrics-exposition-formats:1.7.0">
<#assign insiders = [
  {"name": "Netty", "artifact": "io.netty:netty-*:4.2.19.Final", "licence": apache, "page": "https://netty.io/",
    "texts": "LICENSE licenses/io.netty/NOTICE.txt licenses/io.netty/license/",
    "within": statsd, "packages": "io.micrometer.shaded.io.netty"},
  {"name": "JCTools", "artifact": "org.jctools:jctools-core:4.0.7", "licence": apache, "page": "https://jctools.github.io/JCTools/",
    "texts": "LICENSE",
    "within": statsd, "packages": "io.micrometer.shaded.io.netty.util.internal.shaded.org.jctools"},
  {"name": "Reactor Core", "artifact": "io.projectreactor:reactor-core:3.5.20", "licence": apache, "page": "https://projectreactor.io/",
    "texts": "LICENSE", "within": statsd,
    "packages": "io.micrometer.shaded.reactor.adapter io.micrometer.shaded.reactor.core io.micrometer.shaded.reactor.util"},
  {"name": "Reactor Netty Core", "artifact": "io.projectreactor.netty:reactor-netty-core:1.1.22", "licence": apache,
    "page": "https://projectreactor.io/", "texts": "LICENSE",
    "within": statsd, "packages": "io.micrometer.shaded.reactor.netty"},
  {"name": "Reactive Streams", "artifact": "org.reactivestreams:reactive-streams:1.0.4", "licence": "MIT-0",
    "page": "https://www.reactive-streams.org/", "texts": "licenses/org.reactivestreams/LICENSE.txt",
    "within": statsd, "packages": "io.micrometer.shaded.org.reactorstreams"},
  {"name": "Protocol Buffers", "artifact": "com.google.protobuf:protobuf-java:4.35.0", "licence": "BSD-3-Clause",
    "page": "https://protobuf.dev/", "texts": "licenses/com.google.protobuf/LICENSE.txt",
    "within": exposition, "packages": "io.prometheus.metrics.shaded.com_google_protobuf_4_35_0"}
]>
<#function ids names>
  <#local found = []>
  <#list names as name>
    <#if !licences[name]??><#stop "no SPDX identifier is known for the licence " + name></#if>
    <#local found = found + [licences[name]]>
  </#list>
  <#return found?join(" OR ")>
</#function>
The libraries of others in mtg-cli.jar, as they were published. Where there is a choice of licences, they are passed on under the
first one named. Their sources are at their pages, and on Maven Central under the names given here. Texts are named
as they lie beside this file.
<#list dependencyMap as entry>
  <#assign library = entry.key>
  <#if !projects[library.groupId]??><#stop "nothing is known about " + library.groupId></#if>
  <#assign project = projects[library.groupId]>

${library.name} ${library.version}
    artifact  ${library.groupId}:${library.artifactId}:${library.version}
    licence   ${entry.value?join(" or ")}
    SPDX      ${ids(entry.value)}
    page      ${project.page}
    texts     ${project.texts}
</#list>

Within them, under other names:
<#list insiders as insider>

${insider.name} ${insider.artifact?split(":")?last}
    artifact  ${insider.artifact}
    licence   ${insider.licence}
    SPDX      ${ids([insider.licence])}
    page      ${insider.page}
    texts     ${insider.texts}
    within    ${insider.within}
    packages  ${insider.packages}
</#list>
