namespace Messaging.Templates;

/// <summary>A directory of template files that the host registered; any engine's registration adds it to the services as a singleton.</summary>
/// <param name="Path">The directory; a relative path counts from the host's content root, then from the application's own directory.</param>
/// <param name="Reload">Whether changed files count without a restart; <see langword="null"/> means in the Development environment only.</param>
/// <remarks>
/// <para><c>booking_confirmed.email.pl.html</c>, <c>.txt</c> and <c>.subject</c> are the parts of the template <c>booking_confirmed</c> for the
/// kind <c>email</c> in the locale <c>pl</c>; without a locale (<c>booking_confirmed.email.html</c>) they answer when no closer one does.</para>
/// <para>Folders only group, except <c>_partials</c>, <c>_layouts</c> and <c>_tenants/{tenant}</c>, which holds one tenant's own set of all this.
/// See <see cref="TemplateFiles"/> for the names in <c>_partials</c> and <c>_layouts</c>.</para>
/// <para>A file may begin with lines between two lines of <c>---</c> that say <c>layout: name</c> (or <c>layout: none</c>) and <c>category: name</c>.</para>
/// </remarks>
public sealed record TemplateDirectory(string Path, bool? Reload = null);
