# Sourced by .ci/run: prints the one-line command that follows <!-- NAME-command --> in the README, as it stands there.
readme_command() {
    local found
    found=$(awk -v mark="<!-- $1-command -->" '
        $0 == mark { marked = 1; next }
        marked && /^```/ { if (inside) exit; inside = 1; next }
        inside { print }
    ' README.md)
    if [ -z "$found" ] || [ "$(printf '%s\n' "$found" | wc -l)" -ne 1 ]; then
        echo "README.md: no one-line command after <!-- $1-command -->" >&2
        return 1
    fi
    printf '%s\n' "$found"
}
