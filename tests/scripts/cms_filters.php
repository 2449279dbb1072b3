<?php
/**
 * Files of HTML in, those out that WordPress or Drupal would change: by WordPress's own code, and by that of the
 * library with which Drupal parses and writes HTML.
 *
 *   apt-get install --no-install-recommends php-cli php-masterminds-html5
 *   apt-get download wordpress && dpkg -x wordpress_*.deb wordpress
 *   php tests/scripts/cms_filters.php wordpress/usr/share/wordpress $(find output/embed -name fragment.html)
 *
 * WordPress: wp_kses_post() of wp-includes/kses.php, unchanged. Drupal is not in Debian: what its filter "Limit allowed
 * HTML tags" does is written down here in a few lines (Xss::filter, FilterHtml::filterAttributes, Html::load and
 * Html::serialize of Drupal 10 and 11) with the list of its format "Basic HTML".
 */

declare(strict_types=1);

use Masterminds\HTML5;
use Masterminds\HTML5\Serializer\OutputRules;
use Masterminds\HTML5\Serializer\Traverser;

require 'Masterminds/HTML5/autoload.php';

const BASIC_HTML = [
    'br' => [], 'p' => [], 'h2' => ['id'], 'h3' => ['id'], 'h4' => ['id'], 'h5' => ['id'], 'h6' => ['id'], 'cite' => [],
    'dl' => [], 'dt' => [], 'dd' => [], 'a' => ['hreflang', 'href'], 'blockquote' => ['cite'], 'ul' => ['type'],
    'ol' => ['start', 'type'], 'strong' => [], 'em' => [], 'code' => [], 'li' => [],
    'img' => ['src', 'alt', 'data-entity-uuid', 'data-entity-type', 'height', 'width', 'data-caption', 'data-align'],
];
const SCHEMES = ['http', 'https', 'ftp', 'news', 'nntp', 'tel', 'telnet', 'mailto', 'irc', 'ssh', 'sftp', 'webcal', 'rtsp'];

function load_kses(string $wordpress): void {
    define('ABSPATH', $wordpress . '/');
    function apply_filters(string $name, mixed $value): mixed { return $value; }
    function wp_allowed_protocols(): array {
        return ['http', 'https', 'ftp', 'ftps', 'mailto', 'news', 'irc', 'irc6', 'ircs', 'gopher', 'nntp', 'feed',
            'telnet', 'mms', 'rtsp', 'sms', 'svn', 'tel', 'fax', 'xmpp', 'webcal', 'urn'];
    }
    require $wordpress . '/wp-includes/kses.php';
}

final class DrupalRules extends OutputRules {
    protected function escape($text, $attribute = false) {
        $text = parent::escape($text, $attribute);
        return $attribute ? strtr($text, ['<' => '&lt;', '>' => '&gt;']) : $text;
    }
}

function drupal(string $html): string {
    $html = preg_replace('%&\s*\{[^}]*(\}\s*;?|$)%', '', str_replace("\0", '', $html));
    $html = str_replace('&', '&amp;', $html);
    $html = preg_replace('/&amp;#([0-9]+;)/', '&#\1', $html);
    $html = preg_replace('/&amp;#[Xx]0*((?:[0-9A-Fa-f]{2})+;)/', '&#x\1', $html);
    $html = preg_replace('/&amp;([A-Za-z][A-Za-z0-9]*;)/', '&\1', $html);
    $tags = '%(<(?=[^a-zA-Z!/])|<!--.*?-->|<[^>]*(>|$)|>)%';
    return trim(normalized(preg_replace_callback($tags, fn (array $found): string => drupal_tag($found[1]), $html)));
}

function drupal_tag(string $tag): string {
    if ($tag === '>' || $tag === '<') {
        return $tag === '>' ? '&gt;' : '&lt;';
    }
    if (!preg_match('%^<\s*(/\s*)?([a-zA-Z0-9\-]+)\s*([^>]*)>?$%', $tag, $parts) || !isset(BASIC_HTML[strtolower($parts[2])])) {
        return '';
    }
    if (trim($parts[1]) !== '') {
        return "</$parts[2]>";
    }
    $kept = '';
    preg_match_all('/([-a-zA-Z][-a-zA-Z0-9]*)\s*=\s*"([^"]*)"/', $parts[3], $attributes, PREG_SET_ORDER);
    foreach ($attributes as [, $name, $value]) {
        $name = strtolower($name);
        if ($name !== 'style' && !str_starts_with($name, 'on')) {
            $free = str_starts_with($name, 'data-') || in_array($name, ['title', 'alt', 'rel', 'property', 'class', 'datetime'], true);
            $kept .= " $name=\"" . ($free ? $value : drupal_address($value)) . '"';
        }
    }
    return "<$parts[2]" . preg_replace('/[<>]/', '', $kept) . '>';
}

/** UrlHelper::filterBadProtocol, which sees to every attribute but a few. */
function drupal_address(string $value): string {
    $address = html_entity_decode($value, ENT_QUOTES, 'UTF-8');
    do {
        $before = $address;
        $colon = strpos($address, ':');
        if ($colon > 0) {
            $scheme = substr($address, 0, $colon);
            if (preg_match('![/?#]!', $scheme)) {
                break;
            }
            if (!in_array(strtolower($scheme), SCHEMES, true)) {
                $address = substr($address, $colon + 1);
            }
        }
    } while ($before !== $address);
    return htmlspecialchars($address, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
}

function normalized(string $html): string {
    $document = (new HTML5(['disable_html_ns' => true, 'encoding' => 'UTF-8']))->loadHTML('<body>' . $html);
    foreach ((new DOMXPath($document))->query('//body//*[@*]') as $element) {
        foreach (iterator_to_array($element->attributes) as $name => $attribute) {
            $allowed = in_array($name, [...(BASIC_HTML[$element->tagName] ?? []), 'lang'], true)
                || ($name === 'dir' && in_array($attribute->value, ['ltr', 'rtl'], true));
            if (!$allowed) {
                $element->removeAttribute($name);
            }
        }
    }
    $stream = fopen('php://temp', 'wb');
    $rules = new DrupalRules($stream);
    foreach ($document->getElementsByTagName('body')->item(0)->childNodes as $node) {
        (new Traverser($node, $stream, $rules))->walk();
    }
    $rules->unsetTraverser();
    return str_replace(["\r\n", "\r"], "\n", stream_get_contents($stream, -1, 0));
}

load_kses($argv[1]);
$changed = 0;
foreach (array_slice($argv, 2) as $path) {
    $html = file_get_contents($path);
    foreach (['WordPress' => 'wp_kses_post', 'Drupal' => 'drupal'] as $name => $filter) {
        $made = $filter($html);
        if ($made !== $html) {
            $changed++;
            $place = strspn($made ^ $html, "\0");
            echo "$path: $name changes byte $place: ", substr($html, max(0, $place - 30), 80), ' -> ',
                substr($made, max(0, $place - 30), 80), "\n";
        }
    }
}
echo count($argv) - 2, " files, $changed changed\n";
exit($changed ? 1 : 0);
